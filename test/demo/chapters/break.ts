import type { Play } from '../play.ts';

/** The disaster. */
export async function breakSystems({ stage, systems }: Play): Promise<void> {
  for (const system of systems) {
    const title = {
      en: `Break ${system.service} for real, by its own tools`,
      zh: `用 ${system.service} 自带的工具真实地破坏数据`,
    };
    await stage.step(`break ${system.service}`, title, (notes) => system.damage(notes));
  }
}
