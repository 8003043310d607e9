import { Link as To } from "@tanstack/react-router";
import type { Link } from "@/api/types";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { Facts } from "@/ui/facts";
import { Panel } from "@/ui/panel";

export function LinkDetails({ link }: { link: Link }) {
  const t = useT();
  const format = useFormat();
  const { bandwidth_mbps } = link;
  return (
    <Panel title={t("device.details")}>
      <Facts
        facts={[
          [
            t("link.provider"),
            <To
              key="provider"
              to="/providers/$id"
              params={{ id: link.provider.id }}
              className="text-accent hover:underline"
            >
              {link.provider.name}
            </To>,
          ],
          [t("link.role"), t(`link.role.${link.role}`)],
          [t("link.probe"), link.probe_address],
          [t("link.source"), link.source_address],
          [t("link.circuit"), link.circuit_id],
          [
            t("link.bandwidth"),
            bandwidth_mbps ? `${format.number(bandwidth_mbps)} ${t("unit.mbps")}` : null,
          ],
          [t("device.site"), link.site.name],
          [t("device.profile"), link.profile?.name],
        ]}
      />
    </Panel>
  );
}
