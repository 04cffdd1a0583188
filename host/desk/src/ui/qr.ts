// SPDX-License-Identifier: EUPL-1.2
// A link as a QR code: black on white in every theme, with the quiet zone readers want (ISO/IEC 18004 §5.3.8).
import { generate } from 'lean-qr';
import { html, type TemplateResult } from 'lit';

const quiet = 4; // modules around it

export function qr(text: string, label: string): TemplateResult {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; ++y) for (let x = 0; x < code.size; ++x) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  const side = code.size + 2 * quiet;
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="${-quiet} ${-quiet} ${side} ${side}" shape-rendering="crispEdges">
    <rect x=${-quiet} y=${-quiet} width=${side} height=${side} fill="#fff"/><path d=${path} fill="#000"/></svg>`;
}
