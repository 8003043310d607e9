import { useMe, useSaveMe } from "@/api/session";
import type { Language, Theme } from "@/api/types";
import { browserZone } from "@/format/zone";
import { speak, useT } from "@/i18n";
import { SelectField, TextField } from "@/ui/field";
import { PageHeader } from "@/ui/page";
import { Panel } from "@/ui/panel";
import { PasswordForm } from "./password-form";

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: "en", label: "English" },
  { value: "ka", label: "ქართული" },
];

export function ProfilePage() {
  const t = useT();
  const me = useMe();
  return (
    <>
      <PageHeader
        title={t("nav.profile")}
        meta={
          <span>
            {me.username} · {t(`role.${me.role}`)}
          </span>
        }
      />
      <div className="grid max-w-4xl items-start gap-3 px-4 pb-6 max-md:px-3 md:grid-cols-2">
        <Panel title={t("profile.look")}>
          <Preferences />
        </Panel>
        <Panel title={t("profile.password")}>
          <PasswordForm />
        </Panel>
      </div>
    </>
  );
}

/** Every choice is kept at once. */
function Preferences() {
  const t = useT();
  const me = useMe();
  const save = useSaveMe();
  const zones = [
    ...new Set([me.time_zone || browserZone(), ...Intl.supportedValuesOf("timeZone")]),
  ];
  return (
    <div className="flex flex-col gap-4">
      <TextField
        label={t("profile.name")}
        defaultValue={me.display_name}
        autoComplete="name"
        onBlur={(event) => {
          const name = event.target.value.trim();
          if (name !== me.display_name) {
            save.mutate({ display_name: name });
          }
        }}
      />
      <SelectField
        label={t("profile.language")}
        value={me.language}
        options={LANGUAGES}
        onChange={(event) => {
          const language = event.target.value as Language;
          void speak(language);
          save.mutate({ language });
        }}
      />
      <SelectField
        label={t("profile.theme")}
        value={me.theme}
        options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChange={(event) => save.mutate({ theme: event.target.value as Theme })}
      />
      <SelectField
        label={t("profile.zone")}
        hint={t("profile.zone.hint")}
        value={me.time_zone || browserZone()}
        options={zones.map((value) => ({ value, label: value.replaceAll("_", " ") }))}
        onChange={(event) => save.mutate({ time_zone: event.target.value })}
      />
    </div>
  );
}
