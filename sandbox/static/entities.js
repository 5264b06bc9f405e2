// A message's text with its bold words and links; positions count UTF-16 units, as JavaScript's own do.

import { make } from "./dom.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code", blockquote: "q" };

/** Pieces of text and elements, in order; entities inside entities are left plain. */
export function entitled({ text, entities = [] }) {
  const pieces = [];
  let end = 0;
  for (const entity of [...entities].sort((one, other) => one.offset - other.offset)) {
    const tag = entity.type === "text_link" ? "a" : TAGS[entity.type];
    if (!tag || entity.offset < end) continue;
    const inside = text.slice(entity.offset, entity.offset + entity.length);
    const link = tag === "a" ? { href: entity.url, target: "_blank", rel: "noreferrer noopener" } : {};
    pieces.push(text.slice(end, entity.offset), make(tag, link, inside));
    end = entity.offset + entity.length;
  }
  return [...pieces, text.slice(end)];
}
