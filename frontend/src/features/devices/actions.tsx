import { Columns3, Download, Plus, Upload } from "lucide-react";
import { useState } from "react";
import { exportAddress } from "@/api/devices";
import type { Query } from "@/api/http";
import { useMay } from "@/api/session";
import { useT } from "@/i18n";
import { Button, buttonClass } from "@/ui/button";
import { Menu, MenuCheck } from "@/ui/menu";
import { deviceColumns } from "./columns";
import { DeviceDialog } from "./device-dialog";
import { ImportDialog } from "./import-dialog";

export function DeviceActions({
  filter,
  shown,
  onColumns,
}: {
  filter: Query;
  shown: readonly string[];
  onColumns: (columns: string[]) => void;
}) {
  const t = useT();
  const manager = useMay("manager");
  const [open, setOpen] = useState<"add" | "import" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        label={t("devices.columns")}
        className={buttonClass("quiet", "px-2 max-md:hidden")}
        trigger={
          <>
            <Columns3 size={16} aria-hidden /> {t("devices.columns")}
          </>
        }
      >
        {deviceColumns(t).map(({ id, label }) => (
          <MenuCheck
            key={id}
            checked={shown.includes(id)}
            onChange={(on) => onColumns(on ? [...shown, id] : shown.filter((one) => one !== id))}
          >
            {label}
          </MenuCheck>
        ))}
      </Menu>
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
      {open === "add" ? <DeviceDialog device={null} onClose={close} /> : null}
      {open === "import" ? <ImportDialog onClose={close} /> : null}
    </>
  );
}
