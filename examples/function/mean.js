// A function that is a tool itself: it runs no command, and calls back with the outputs (values: true of the site).
// The tool is `mean NUMBER…` with the output `mean`; docs/functions.md has the contract.
const functions = require('@google-cloud/functions-framework');
const { CloudEvent, HTTP } = require('cloudevents');
const { hostname } = require('node:os');
const { setTimeout: pause } = require('node:timers/promises');

// Events may come twice. Where there are many instances, a table that all of them see takes the place of this.
const had = new Set();

function mean(words) {
  const numbers = words.map(Number);
  if (words.length === 0 || numbers.some(Number.isNaN)) return { error: `expected numbers, found '${words.join(' ')}'` };
  return { outputs: { mean: numbers.reduce((a, b) => a + b) / numbers.length } };
}

// Until the engine has it, or says that it never will: it may be away for a while.
async function tell({ url, token }, data) {
  const event = new CloudEvent({ type: 'io.twinflow.attempt.ended.v1', source: `/functions/${hostname()}`, data });
  const { headers, body } = HTTP.structured(event);
  for (let seconds = 1; seconds < 4000; seconds *= 2) {
    try {
      const answer = await fetch(url, { method: 'POST', headers: { ...headers, Authorization: `Bearer ${token}` }, body });
      if (answer.status < 500) return;
    } catch (e) {
      console.error(`the callback was not heard: ${e.message}`);
    }
    await pause(seconds * 1000);
  }
}

functions.http('twinflow', (request, response) => {
  if (request.method !== 'POST') return response.status(405).send('expected a CloudEvent by POST');
  const { id, type, data } = HTTP.toEvent({ headers: request.headers, body: request.rawBody.toString() });
  if (type !== 'io.twinflow.task.v1') return response.status(422).send(`knows no events of type ${type}`);
  if (had.has(id)) return response.status(409).send('has this one already');
  had.add(id);
  response.status(202).end();
  tell(data.callback, mean(data.arguments.slice(1)));
});
