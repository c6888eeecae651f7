import { peopleOfGroup } from '../../src/graph/people.ts';
import { startGraph } from '../fakes/graph.ts';

const credential = { getToken: async () => ({ token: 'graph-token', expiresOnTimestamp: 0 }) };
const users = ['周敏', '陈伟', 'Anna', '林晓', 'Bo'].map((displayName, index) => ({
  id: `id-${index}`,
  displayName,
  jobTitle: index === 0 ? '质量' : null,
}));

test('a group gives its people from every page, by name, and the token goes nowhere but over https', async () => {
  const graph = await startGraph({ 'group-1': users });
  const people = await peopleOfGroup('group-1', { credential, baseUrl: graph.baseUrl });
  await graph.close();
  expect(people).toHaveLength(5);
  expect(people.find(({ name }) => name === '周敏')).toEqual({
    name: '周敏',
    aadObjectId: 'id-0',
    jobTitle: '质量',
  });
  expect(people.find(({ name }) => name === 'Anna')).toEqual({ name: 'Anna', aadObjectId: 'id-2' });
  expect(graph.requests).toHaveLength(3);
  for (const { authorization } of graph.requests) expect(authorization).toBeUndefined();
});

test('a throttled request is asked again after the time that Graph names', async () => {
  const graph = await startGraph(
    { 'group-1': users.slice(0, 1) },
    { status: 429, headers: { 'retry-after': '1' } },
  );
  expect(await peopleOfGroup('group-1', { credential, baseUrl: graph.baseUrl })).toHaveLength(1);
  await graph.close();
  expect(graph.requests).toHaveLength(2);
});

test('a group that is not there is an error that says so, and an odd id cannot reach elsewhere', async () => {
  const graph = await startGraph({});
  await expect(peopleOfGroup('../users', { credential, baseUrl: graph.baseUrl })).rejects.toThrow(
    'no such group',
  );
  await graph.close();
  expect(graph.requests[0]?.path).toContain('/groups/..%2Fusers/');
});
