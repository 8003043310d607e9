import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useDeleteUser, useUsers } from "@/api/people";
import { useMe } from "@/api/session";
import type { User } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { SimpleTable } from "@/ui/simple-table";
import { Ago } from "@/ui/time";

const UserDialog = lazy(() => import("./user-dialog"));
const Confirm = lazy(() => import("@/ui/confirm"));

export function UsersPanel() {
  const t = useT();
  const query = useUsers();
  const [editing, setEditing] = useState<User | "new" | null>(null);
  const [removing, setRemoving] = useState<User | null>(null);
  const remove = useDeleteUser();
  const add = (
    <Button look="primary" onClick={() => setEditing("new")}>
      <Plus size={14} aria-hidden /> {t("users.add")}
    </Button>
  );
  return (
    <Panel title={t("users.title")} aside={add} flush>
      <QueryView query={query} rows={4}>
        {({ items }) => <UserTable users={items} onEdit={setEditing} onRemove={setRemoving} />}
      </QueryView>
      <Suspense>
        {editing ? (
          <UserDialog user={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
        ) : null}
        {removing ? (
          <Confirm
            title={t("users.delete", { name: removing.username })}
            text={t("users.delete.text")}
            action={t("action.delete")}
            busy={remove.isPending}
            onConfirm={() => remove.mutate(removing.id, { onSettled: () => setRemoving(null) })}
            onClose={() => setRemoving(null)}
          />
        ) : null}
      </Suspense>
    </Panel>
  );
}

function UserTable({
  users,
  onEdit,
  onRemove,
}: {
  users: User[];
  onEdit: (user: User) => void;
  onRemove: (user: User) => void;
}) {
  const t = useT();
  const me = useMe();
  return (
    <SimpleTable
      label={t("users.title")}
      rows={users}
      rowKey={(user) => user.id}
      columns={[
        {
          id: "username",
          label: t("login.username"),
          cell: (user) => <span className="font-medium">{user.username}</span>,
        },
        { id: "name", label: t("users.name"), wide: true, cell: (user) => user.display_name },
        { id: "role", label: t("users.role"), cell: (user) => t(`role.${user.role}`) },
        {
          id: "state",
          label: t("users.state"),
          wide: true,
          cell: (user) => (
            <span className={user.disabled ? "text-muted" : ""}>
              {t(user.disabled ? "users.disabled" : "users.enabled")}
            </span>
          ),
        },
        {
          id: "seen",
          label: t("users.seen"),
          wide: true,
          cell: (user) => <Ago time={user.last_login_at} className="text-muted" />,
        },
        {
          id: "actions",
          label: t("list.actions"),
          right: true,
          cell: (user) => (
            <span className="inline-flex gap-1">
              <Button look="quiet" onClick={() => onEdit(user)}>
                {t("action.edit")}
              </Button>
              <Button look="quiet" disabled={user.id === me.id} onClick={() => onRemove(user)}>
                {t("action.delete")}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}
