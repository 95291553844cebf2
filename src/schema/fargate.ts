// The pairs of CPU and memory that Fargate sells, so that a task definition is never refused at apply.

/** The CPU sizes that Fargate knows, in CPU units; 1024 are one vCPU. */
export const FARGATE_CPU = [256, 512, 1024, 2048, 4096, 8192, 16384] as const;

/** One CPU size and the memory that it can be combined with. */
interface FargateSize {
  readonly cpu: (typeof FARGATE_CPU)[number];
  /** Smallest memory, in MiB. */
  readonly from: number;
  /** Largest memory, in MiB. */
  readonly to: number;
  /** Distance between two sizes, in MiB; below 1 GiB only 512 exists. */
  readonly step: number;
}

const GIB = 1024;

/** From "Task CPU and memory" in the Amazon ECS developer guide's page on Fargate task definitions. */
const SIZES: readonly FargateSize[] = [
  { cpu: 256, from: 512, to: 512, step: GIB },
  { cpu: 256, from: GIB, to: 2 * GIB, step: GIB },
  { cpu: 512, from: GIB, to: 4 * GIB, step: GIB },
  { cpu: 1024, from: 2 * GIB, to: 8 * GIB, step: GIB },
  { cpu: 2048, from: 4 * GIB, to: 16 * GIB, step: GIB },
  { cpu: 4096, from: 8 * GIB, to: 30 * GIB, step: GIB },
  { cpu: 8192, from: 16 * GIB, to: 60 * GIB, step: 4 * GIB },
  { cpu: 16384, from: 32 * GIB, to: 120 * GIB, step: 8 * GIB },
];

/** Whether Fargate runs a task of this CPU (in units) with this memory (in MiB). */
export function isFargateSize(cpu: number, memory: number): boolean {
  return SIZES.some(
    (size) =>
      size.cpu === cpu && memory >= size.from && memory <= size.to && (memory - size.from) % size.step === 0,
  );
}

/** The memory sizes that go with a CPU size, in words: "1024 to 4096 MiB in steps of 1024". */
export function memoryFor(cpu: number): string {
  return SIZES.filter((size) => size.cpu === cpu)
    .map(({ from, to, step }) => (from === to ? `${from} MiB` : `${from} to ${to} MiB in steps of ${step}`))
    .join(" or ");
}
