import { useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { LINKS } from "@/api/editables";
import type { Link } from "@/api/types";
import { useT } from "@/i18n";
import { EditButtons } from "@/ui/edit-buttons";

const LinkDialog = lazy(() => import("@/features/links/link-dialog"));
const DeleteDialog = lazy(() => import("@/ui/delete-dialog"));

export function LinkButtons({ link }: { link: Link }) {
  const t = useT();
  const navigate = useNavigate();
  return (
    <EditButtons
      name={link.name}
      edit={(close) => <LinkDialog link={link} onClose={close} />}
      remove={(close) => (
        <DeleteDialog
          kind={LINKS}
          id={link.id}
          name={link.name}
          text={t("link.delete.text", { branch: link.branch.name })}
          onClose={close}
          onDeleted={() => void navigate({ to: "/links" })}
        />
      )}
    />
  );
}
