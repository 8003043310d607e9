import { Download, Plus, Upload } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { exportAddress } from "@/api/devices";
import { useMay } from "@/api/session";
import type { DeviceFilter } from "@/api/types";
import { useT } from "@/i18n";
import { Button, buttonClass } from "@/ui/button";

const ColumnMenu = lazy(() => import("./column-menu"));
const DeviceDialog = lazy(() => import("./device-dialog"));
const ImportDialog = lazy(() => import("./import-dialog"));

export function DeviceActions({
  filter,
  shown,
  onColumns,
}: {
  filter: DeviceFilter;
  shown: readonly string[];
  onColumns: (columns: string[]) => void;
}) {
  const t = useT();
  const manager = useMay("manager");
  const [open, setOpen] = useState<"add" | "import" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Suspense>
        <ColumnMenu shown={shown} onColumns={onColumns} />
      </Suspense>
      <a href={exportAddress(filter, "csv")} download className={buttonClass("quiet", "px-2")}>
        <Download size={16} aria-hidden /> {t("devices.export")}
      </a>
      {manager ? (
        <>
          <Button look="quiet" className="px-2" onClick={() => setOpen("import")}>
            <Upload size={16} aria-hidden /> {t("devices.import")}
          </Button>
          <Button look="primary" onClick={() => setOpen("add")}>
            <Plus size={16} aria-hidden /> {t("devices.add")}
          </Button>
        </>
      ) : null}
      <Suspense>
        {open === "add" ? <DeviceDialog device={null} onClose={close} /> : null}
        {open === "import" ? <ImportDialog onClose={close} /> : null}
      </Suspense>
    </>
  );
}
