import { useMe, useSaveMe } from "@/api/session";
import { ThemeMenu } from "./theme-menu";
import { UserMenu } from "./user-menu";

/** Apart from the bar, so that menus are not among what the first page waits for. */
export default function TopMenus() {
  const { theme } = useMe();
  const save = useSaveMe();
  return (
    <>
      <ThemeMenu theme={theme} onChange={(next) => save.mutate({ theme: next })} />
      <UserMenu />
    </>
  );
}
