// The API's documentation: Swagger UI on our own schema.

const main = document.getElementById("docs");

window.SwaggerUIBundle({
  url: main.dataset.schema,
  domNode: main,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
