// Addresses that lead nowhere, and pages that broke.
import { Link, useRouteError } from "react-router";
import { zh } from "../i18n/zh-cn";
import { Failed } from "../parts/standing-states";
import { Page } from "../shell/page";

export function NotFound() {
  return (
    <Page title={zh.common.noPage}>
      <Link className="tall" to="/">{zh.common.home}</Link>
    </Page>
  );
}

export function PageError() {
  const error = useRouteError();
  return (
    <main className="alone">
      <Failed error={error} onRetry={() => { window.location.reload(); }} />
    </main>
  );
}
