// Starts the application.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import locale from "antd/locale/zh_CN";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { asProblem } from "./api/problem";
import { router } from "./routes";
import { useCare } from "./shell/care";
import "./ui/base.css";
import { blessStyles, nonce } from "./ui/nonce";
import { useRoom } from "./ui/room";
import { theme } from "./ui/theme";
import { words } from "./ui/words";

const pageNonce = nonce();
if (pageNonce !== undefined) blessStyles(pageNonce);

const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // Only what the world did wrong is worth asking again.
      retry: (count, error) => {
        const { status } = asProblem(error).body;
        return count < 2 && (status === 0 || status >= 502);
      },
    },
  },
});

export function Root() {
  const care = useCare();
  const room = useRoom();
  return (
    <ConfigProvider
      locale={locale}
      theme={theme(care ? "care" : "standard", room)}
      {...words}
      button={{ autoInsertSpace: false }}
      {...(pageNonce !== undefined && { csp: { nonce: pageNonce } })}
    >
      <AntApp className={care ? "care" : ""}>
        <QueryClientProvider client={cache}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

const place = document.getElementById("root");
if (place !== null) createRoot(place).render(<StrictMode><Root /></StrictMode>);
