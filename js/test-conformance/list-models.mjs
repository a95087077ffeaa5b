// What the official JavaScript client finds at a local service: run by tests/conformance/test_huggingface_js.py.
// node list-models.mjs <hub url> <question as JSON>

import { listModels, modelInfo } from "@huggingface/hub";

const [hubUrl, question] = process.argv.slice(2);
const { name, ...search } = JSON.parse(question);
const additionalFields = ["inferenceProviderMapping", "tags", "createdAt"];

/** @type {unknown[]} */
const found = [];
try {
  if (name) {
    found.push(await modelInfo({ name, hubUrl, additionalFields }));
  } else {
    for await (const model of listModels({ hubUrl, additionalFields, ...search })) found.push(model);
  }
  console.log(JSON.stringify({ found }));
} catch (error) {
  console.log(JSON.stringify({ found, status: error.statusCode, message: error.message }));
}
