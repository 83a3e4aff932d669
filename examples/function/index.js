// A function that runs attempts of Twinflow: the whole contract is in docs/functions.md.
const functions = require('@google-cloud/functions-framework');
const { CloudEvent, HTTP } = require('cloudevents');
const { spawn } = require('node:child_process');
const { timingSafeEqual } = require('node:crypto');
const { hostname } = require('node:os');

// Whoever may call this function may run commands in it: let the platform ask for credentials, or set a token.
const token = process.env.FUNCTION_TOKEN;
delete process.env.FUNCTION_TOKEN;

function isAllowed(request) {
  const given = Buffer.from(request.get('Authorization') ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return !token || (given.length === wanted.length && timingSafeEqual(given, wanted));
}

// Twinflow then looks for the result at once. Where nobody hears it, the result is found a little later.
async function tell({ url, token }) {
  const event = new CloudEvent({ type: 'io.twinflow.attempt.ended.v1', source: `/functions/${hostname()}` });
  const { headers, body } = HTTP.binary(event);
  await fetch(url, { method: 'POST', headers: { ...headers, Authorization: `Bearer ${token}` }, body });
}

functions.http('twinflow', (request, response) => {
  if (!isAllowed(request)) return response.status(401).send('the token is not the one in FUNCTION_TOKEN');
  if (request.method !== 'POST') return response.status(405).send('expected a CloudEvent by POST');
  const { type, data } = HTTP.toEvent({ headers: request.headers, body: request.rawBody.toString() });
  if (type !== 'io.twinflow.attempt.v1') return response.status(422).send(`knows no events of type ${type}`);

  // The command claims the attempt before it does anything, so an event that comes twice is run once.
  const [program, ...words] = data.command;
  const env = { ...process.env, ...data.environment, TWINFLOW_SITE_ID: hostname() };
  const run = spawn(program, words, { env, stdio: 'ignore', detached: true });
  run.on('error', (e) => response.status(500).send(e.message));
  run.on('spawn', () => data.wait || response.status(202).end());
  run.on('close', () => {
    if (data.wait) response.status(204).end();
    else if (data.callback) tell(data.callback).catch((e) => console.error(`the callback was not heard: ${e.message}`));
  });
});
