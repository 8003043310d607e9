import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useDeleteToken, useTokens } from "@/api/people";
import type { Token } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { SimpleTable } from "@/ui/simple-table";
import { Ago, Stamp } from "@/ui/time";

const TokenDialog = lazy(() => import("./token-dialog"));
const Confirm = lazy(() => import("@/ui/confirm"));

/** Keys for programs. */
export function TokensPanel() {
  const t = useT();
  const query = useTokens();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Token | null>(null);
  const remove = useDeleteToken();
  const add = (
    <Button onClick={() => setAdding(true)}>
      <Plus size={14} aria-hidden /> {t("tokens.add")}
    </Button>
  );
  return (
    <Panel title={t("tokens.title")} aside={add} flush>
      <QueryView query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="p-3 text-muted">{t("tokens.none")}</p>
          ) : (
            <TokenTable tokens={items} onRemove={setRemoving} />
          )
        }
      </QueryView>
      <Suspense>
        {adding ? <TokenDialog onClose={() => setAdding(false)} /> : null}
        {removing ? (
          <Confirm
            title={t("tokens.delete", { name: removing.name })}
            text={t("tokens.delete.text")}
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

function TokenTable({ tokens, onRemove }: { tokens: Token[]; onRemove: (token: Token) => void }) {
  const t = useT();
  return (
    <SimpleTable
      label={t("tokens.title")}
      rows={tokens}
      rowKey={(token) => token.id}
      columns={[
        {
          id: "name",
          label: t("device.name"),
          cell: (token) => <span className="font-medium">{token.name}</span>,
        },
        {
          id: "prefix",
          label: t("tokens.prefix"),
          wide: true,
          cell: (token) => <code className="font-mono text-xs">{token.prefix}…</code>,
        },
        { id: "role", label: t("users.role"), cell: (token) => t(`role.${token.role}`) },
        {
          id: "used",
          label: t("tokens.used"),
          wide: true,
          cell: (token) => <Ago time={token.last_used_at} className="text-muted" />,
        },
        {
          id: "expires",
          label: t("tokens.expires"),
          wide: true,
          cell: (token) =>
            token.expires_at ? <Stamp time={token.expires_at} /> : t("tokens.never"),
        },
        {
          id: "actions",
          label: t("list.actions"),
          right: true,
          cell: (token) => (
            <Button look="quiet" onClick={() => onRemove(token)}>
              {t("action.delete")}
            </Button>
          ),
        },
      ]}
    />
  );
}
