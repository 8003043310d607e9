import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useRemove, useUsers } from "@/api/people";
import { useMe } from "@/api/session";
import type { User } from "@/api/types";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { SimpleTable } from "@/ui/simple-table";
import { Ago } from "@/ui/time";
import { UserDialog } from "./user-dialog";

type Open = { kind: "add" } | { kind: "edit" | "delete"; user: User } | null;

export function UsersPanel() {
  const t = useT();
  const [open, setOpen] = useState<Open>(null);
  const remove = useRemove("users");
  const close = () => setOpen(null);
  const add = (
    <Button onClick={() => setOpen({ kind: "add" })}>
      <Plus size={14} aria-hidden /> {t("users.add")}
    </Button>
  );
  return (
    <Panel title={t("users.title")} aside={add} flush>
      <QueryView query={useUsers()} rows={4}>
        {({ items }) => <UsersTable users={items} onOpen={setOpen} />}
      </QueryView>
      {open?.kind === "add" ? <UserDialog user={null} onClose={close} /> : null}
      {open?.kind === "edit" ? <UserDialog user={open.user} onClose={close} /> : null}
      {open?.kind === "delete" ? (
        <Confirm
          open
          title={t("users.delete", { name: open.user.username })}
          text={t("users.delete.text")}
          action={t("action.delete")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(open.user.id, { onSuccess: close })}
          onClose={close}
        />
      ) : null}
    </Panel>
  );
}

function UsersTable({ users, onOpen }: { users: User[]; onOpen: (open: Open) => void }) {
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
        {
          id: "name",
          label: t("profile.name"),
          wide: true,
          cell: (user) => user.display_name || "–",
        },
        { id: "role", label: t("users.role"), cell: (user) => t(`role.${user.role}`) },
        {
          id: "state",
          label: t("users.state"),
          wide: true,
          cell: (user) => (user.disabled ? t("users.disabled") : t("users.active")),
        },
        {
          id: "seen",
          label: t("users.seen"),
          wide: true,
          cell: (user) => <Ago time={user.last_login_at} className="text-muted" />,
        },
        {
          id: "actions",
          label: t("users.actions"),
          right: true,
          cell: (user) => (
            <span className="inline-flex">
              <IconButton
                label={t("users.edit", { name: user.username })}
                onClick={() => onOpen({ kind: "edit", user })}
              >
                <Pencil size={14} aria-hidden />
              </IconButton>
              <IconButton
                label={t("users.delete", { name: user.username })}
                disabled={user.id === me.id}
                onClick={() => onOpen({ kind: "delete", user })}
              >
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </span>
          ),
        },
      ]}
    />
  );
}
