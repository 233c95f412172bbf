// All pages at a glance, to go to one of them.
import { useEffect, useRef } from "react";
import type { Leaf } from "../api/types";
import { zh } from "../i18n/zh-cn";

interface Props {
  pages: readonly Leaf[];
  address: (number: number) => string;
  current: number;
  onGo: (number: number) => void;
}

export function PageThumbnails({ pages, address, current, onGo }: Props) {
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    const own = strip.current;
    const chosen = own?.querySelector<HTMLElement>("[aria-current]");
    if (own == null || chosen == null) return;
    // The strip alone is scrolled, lest the page moves under one's eyes.
    own.scrollTo({
      top: chosen.offsetTop - (own.clientHeight - chosen.offsetHeight) / 2,
      left: chosen.offsetLeft - (own.clientWidth - chosen.offsetWidth) / 2,
    });
  }, [current]);
  return (
    <nav ref={strip} className="thumbnails" aria-label={zh.pages.thumbnails}>
      {pages.map(({ width, height }, index) => {
        const number = index + 1;
        return (
          <button key={number} type="button" aria-label={zh.pages.page(number)}
            {...(number === current && { "aria-current": "page" as const })}
            onClick={() => { onGo(number); }}>
            <img src={address(number)} alt="" loading="lazy"
              style={{ aspectRatio: `${width} / ${height}` }} />
            <span aria-hidden="true">{number}</span>
          </button>
        );
      })}
    </nav>
  );
}
