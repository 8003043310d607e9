import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { signedOut } from "./api/client";
import { client } from "./app/feed";
import { makeRouter } from "./app/router";
import { speak, storedLanguage } from "./i18n";
import "./styles/theme.css";
import { Toasts } from "./ui/toast";

const router = makeRouter(client);

signedOut.addEventListener("signedout", () => {
  const { pathname, href } = router.state.location;
  const inside = router.state.matches.some((match) => match.routeId === "/app");
  if (inside && pathname !== "/login") {
    client.clear();
    void router.navigate({ to: "/login", search: { return: href } });
  }
});

await speak(storedLanguage());

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
