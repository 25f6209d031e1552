import type { Pen } from './mark-shapes';

/** Writes what is traced as the outline of an SVG path. */
export class OutlinePen implements Pen {
  outline = '';

  moveTo(x: number, y: number): void {
    this.outline += `M${x} ${y}`;
  }

  lineTo(x: number, y: number): void {
    this.outline += `L${x} ${y}`;
  }

  closePath(): void {
    this.outline += 'Z';
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.outline += `M${x} ${y}h${width}v${height}h${-width}Z`;
  }

  arc(x: number, y: number, radius: number): void {
    this.outline += `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0`;
  }
}
