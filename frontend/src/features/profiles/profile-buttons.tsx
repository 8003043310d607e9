import { lazy } from "react";
import { PROFILES } from "@/api/editables";
import type { Profile } from "@/api/types";
import { useT } from "@/i18n";
import { EditButtons } from "@/ui/edit-buttons";

const ProfileDialog = lazy(() => import("./profile-dialog"));
const DeleteDialog = lazy(() => import("@/ui/delete-dialog"));

export function ProfileButtons({ profile }: { profile: Profile }) {
  const t = useT();
  return (
    <EditButtons
      compact
      name={profile.name}
      edit={(close) => <ProfileDialog profile={profile} onClose={close} />}
      remove={(close) => (
        <DeleteDialog
          kind={PROFILES}
          id={profile.id}
          name={profile.name}
          text={t("cadence.delete.text")}
          onClose={close}
        />
      )}
    />
  );
}
