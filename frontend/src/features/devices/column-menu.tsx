import { Columns3 } from "lucide-react";
import { useT } from "@/i18n";
import { buttonClass } from "@/ui/button";
import { Menu, MenuCheck } from "@/ui/menu";
import { deviceColumns } from "./columns";

/** Which columns the table shows. */
export default function ColumnMenu({
  shown,
  onColumns,
}: {
  shown: readonly string[];
  onColumns: (columns: string[]) => void;
}) {
  const t = useT();
  return (
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
  );
}
