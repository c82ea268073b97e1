import type { Import } from './imports.ts';

/**
 * One circle for every knot of files that import each other, as the path around it with its first file repeated
 * at the end. A depth-first search: an import of a file that is still on the way closes a circle.
 */
export function findCircles(imports: readonly Import[]): string[][] {
  const targets = Map.groupBy(imports, ({ from }) => from);
  const finished = new Set<string>();
  const way: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string) => {
    if (finished.has(file)) return;
    const start = way.indexOf(file);
    if (start >= 0) {
      circles.push([...way.slice(start), file]);
      return;
    }
    way.push(file);
    for (const { file: target } of targets.get(file) ?? []) if (target) visit(target);
    way.pop();
    finished.add(file);
  };
  for (const file of targets.keys()) visit(file);
  return circles;
}
