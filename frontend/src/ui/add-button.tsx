import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Suspense, useState } from "react";
import { useMay } from "@/api/session";
import { useT } from "@/i18n";
import type { Look } from "./button";
import { Button } from "./button";

/** Adds one of what the page lists, for those who may. */
export function AddButton({
  look = "primary",
  children,
}: {
  look?: Look;
  /** The form. */
  children: (onClose: () => void) => ReactNode;
}) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (!useMay("manager")) {
    return null;
  }
  return (
    <>
      <Button
        look={look}
        className={look === "quiet" ? "-mr-2 px-2" : ""}
        onClick={() => setOpen(true)}
      >
        <Plus size={16} aria-hidden /> {t("devices.add")}
      </Button>
      <Suspense>{open ? children(() => setOpen(false)) : null}</Suspense>
    </>
  );
}
