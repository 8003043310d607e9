import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useRemove, useTokens } from "@/api/people";
import type { Token } from "@/api/types";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { SimpleTable } from "@/ui/simple-table";
import { Ago, Stamp } from "@/ui/time";
import { TokenDialog } from "./token-dialog";

export function TokensPanel() {
  const t = useT();
  const [adding, setAdding] = useState(false);
  const [doomed, setDoomed] = useState<Token | null>(null);
  const remove = useRemove("tokens");
  const add = (
    <Button onClick={() => setAdding(true)}>
      <Plus size={14} aria-hidden /> {t("tokens.add")}
    </Button>
  );
  return (
    <Panel title={t("tokens.title")} aside={add} flush>
      <QueryView query={useTokens()} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="px-3 py-8 text-center text-muted">{t("tokens.none")}</p>
          ) : (
            <TokensTable tokens={items} onDelete={setDoomed} />
          )
        }
      </QueryView>
      {adding ? <TokenDialog onClose={() => setAdding(false)} /> : null}
      {doomed ? (
        <Confirm
          open
          title={t("tokens.delete", { name: doomed.name })}
          text={t("tokens.delete.text")}
          action={t("action.delete")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(doomed.id, { onSuccess: () => setDoomed(null) })}
          onClose={() => setDoomed(null)}
        />
      ) : null}
    </Panel>
  );
}

function TokensTable({ tokens, onDelete }: { tokens: Token[]; onDelete: (token: Token) => void }) {
  const t = useT();
  return (
    <SimpleTable
      label={t("tokens.title")}
      rows={tokens}
      rowKey={(token) => token.id}
      columns={[
        {
          id: "name",
          label: t("tokens.name"),
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
          label: t("users.actions"),
          right: true,
          cell: (token) => (
            <IconButton
              label={t("tokens.delete", { name: token.name })}
              onClick={() => onDelete(token)}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          ),
        },
      ]}
    />
  );
}
