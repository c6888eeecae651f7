/** Faults of a site file's rotas that only the rest of the file shows. */
import { z } from 'zod/v4';
import { roles } from '../kinds/define.ts';

interface Fault {
  path: PropertyKey[];
  message: string;
}

const shape = z.object({
  duty: z.array(z.object({ role: z.string(), shifts: z.array(z.string()), people: z.array(z.string()) })),
});
const roster = z.object({
  people: z.array(z.object({ aadObjectId: z.string(), roles: z.array(z.string()) })),
});
const shiftCodes = z.object({ shifts: z.array(z.object({ code: z.string() })) });

/** Takes what JSON.parse gave; what is not of the expected shape is named elsewhere. */
export function dutyFaults(json: unknown): Fault[] {
  const parsed = shape.safeParse(json);
  if (!parsed.success) return [];
  const people = roster.safeParse(json).data?.people;
  const codes = shiftCodes.safeParse(json).data?.shifts.map(({ code }) => code);
  const taken = new Set<string>();
  return parsed.data.duty.flatMap((rota, at) => {
    const faults: Fault[] = [];
    rota.people.forEach((id, index) => {
      const path = ['duty', at, 'people', index];
      const person = people?.find(({ aadObjectId }) => aadObjectId === id);
      if (rota.people.indexOf(id) !== index) faults.push({ path, message: 'is listed twice' });
      else if (people && !person) faults.push({ path, message: 'is nobody of `people`' });
      else if (person && !mayServe(person.roles, rota.role))
        faults.push({ path, message: `does not have the role ${rota.role}` });
    });
    rota.shifts.forEach((code, index) => {
      const path = ['duty', at, 'shifts', index];
      if (rota.shifts.indexOf(code) !== index) faults.push({ path, message: 'is listed twice' });
      else if (codes && !codes.includes(code)) faults.push({ path, message: 'is no shift of the site' });
      else if (taken.has(`${rota.role} ${code}`))
        faults.push({ path, message: `has a rota of ${rota.role} already` });
      taken.add(`${rota.role} ${code}`);
    });
    return faults;
  });
}

/** BK stands in for RE. An unknown role, or none at all, is a fault of its own. */
const mayServe = (own: readonly string[], role: string): boolean =>
  own.length === 0 ||
  !roles.some((known) => known === role) ||
  own.includes(role) ||
  (role === 'RE' && own.includes('BK'));
