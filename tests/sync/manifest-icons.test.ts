/** Both icons as Teams wants them. The PNGs are decoded here: 8-bit RGB or RGBA, not interlaced, as Chromium writes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';

interface Picture {
  width: number;
  height: number;
  /** Each pixel as red, green, blue, alpha. */
  pixels: readonly (readonly [number, number, number, number])[];
}

function decode(png: Buffer): Picture {
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  let header: Buffer = Buffer.alloc(0);
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') data.push(body);
  }
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const [depth, colour, , , interlace] = header.subarray(8);
  expect([depth, interlace]).toEqual([8, 0]);
  const channels = { 2: 3, 6: 4 }[colour ?? 0];
  if (channels === undefined) throw new Error(`colour type ${colour}`);
  const bytes = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  const pixels = Array.from({ length: width * height }, (_, at) => {
    const [red = 0, green = 0, blue = 0, alpha = 255] = bytes.subarray(at * channels, (at + 1) * channels);
    return [red, green, blue, alpha] as const;
  });
  return { width, height, pixels };
}

function unfilter(raw: Buffer, stride: number, height: number, channels: number): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= channels ? (out[at - channels] ?? 0) : 0;
      const up = y > 0 ? (out[at - stride] ?? 0) : 0;
      const upLeft = x >= channels && y > 0 ? (out[at - stride - channels] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter ?? 0] ?? 0;
      out[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

const icon = (name: string) => decode(readFileSync(join(import.meta.dirname, '../../teamsapp', name)));

test('the colour icon is 192 pixels square, filled to the edge, and a picture', () => {
  const { width, height, pixels } = icon('color.png');
  expect([width, height]).toEqual([192, 192]);
  expect(pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
  expect(new Set(pixels.map((pixel) => pixel.join())).size).toBeGreaterThan(100);
});

test('the outline icon is 32 pixels square, white on nothing, and drawn', () => {
  const { width, height, pixels } = icon('outline.png');
  expect([width, height]).toEqual([32, 32]);
  const drawn = pixels.filter(([, , , alpha]) => alpha > 0);
  expect(drawn.filter(([red, green, blue]) => red + green + blue < 3 * 255)).toEqual([]);
  expect(drawn.filter(([, , , alpha]) => alpha === 255).length).toBeGreaterThan(100);
  expect(drawn.length).toBeLessThan(pixels.length / 2);
});
