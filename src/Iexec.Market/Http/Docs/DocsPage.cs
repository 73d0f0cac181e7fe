using System.Globalization;
using System.Text;
using static System.Net.WebUtility;

namespace Iexec.Market.Http.Docs;

/// <summary>A page for people who open the gateway in a browser: every operation, and a form that tries those that only read.</summary>
internal static class DocsPage
{
    private const string Head =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>iexec order gateway</title>
        <style>
        :root { color-scheme: light dark }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        details { border-bottom: 1px solid #8884; padding: .4rem 0 }
        summary { cursor: pointer }
        summary b { display: inline-block; width: 3.2rem; text-transform: uppercase; font-size: .8em }
        .former { opacity: .65 }
        label { display: grid; grid-template-columns: 12rem 14rem 1fr; gap: .6rem; align-items: center; margin: .2rem 0; font-size: .9em }
        pre { background: #8882; padding: .6rem; overflow: auto; max-height: 24rem }
        @media (max-width: 50rem) { label { grid-template-columns: 1fr } }
        </style>
        </head>
        <body>
        <h1>iexec order gateway</h1>
        <p>Every request but <code>/version</code> names its chain. Replies are JSON with <code>ok</code>; failures carry <code>error</code>. Amounts are in nRLC per
        task. The same as <a href="/docs/openapi.json">OpenAPI</a>, for tools.</p>

        """;

    private const string Foot =
        """
        <script>
        for (const form of document.forms) form.addEventListener('submit', async (event) => {
          event.preventDefault();
          const query = new URLSearchParams();
          let path = form.dataset.path;
          for (const [name, value] of new FormData(form)) {
            if (path.includes(`{${name}}`)) path = path.replace(`{${name}}`, encodeURIComponent(value));
            else if (value) query.set(name, value);
          }
          const output = form.querySelector('pre');
          output.hidden = false;
          const reply = await fetch(`${path}?${query}`);
          const text = await reply.text();
          try { output.textContent = `${reply.status}\n${JSON.stringify(JSON.parse(text), null, 2)}`; } catch { output.textContent = `${reply.status}\n${text}`; }
        });
        </script>
        </body>
        </html>
        """;

    public static string Html { get; } = Write();

    private static string Write()
    {
        var page = new StringBuilder(Head);
        foreach (var operation in ApiOperations.All)
        {
            Write(page, operation);
        }

        return page.Append(Foot).ToString();
    }

    private static void Write(StringBuilder page, ApiOperation operation)
    {
        page.Append(CultureInfo.InvariantCulture, $"<details{(operation.IsFormer ? " class=\"former\"" : "")}><summary><b>{operation.Method}</b> <code>{HtmlEncode(operation.Path)}</code></summary>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{HtmlEncode(operation.Summary)}{(operation.NeedsLogin ? " Needs a signed challenge." : "")}</p>\n");
        if (operation.Body is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<pre>{HtmlEncode(operation.Body)}</pre>\n");
        }

        var canTry = operation.Method == "get";
        page.Append(CultureInfo.InvariantCulture, $"<form data-path=\"{HtmlEncode(operation.Path)}\">\n");
        foreach (var parameter in operation.Parameters)
        {
            var isNeeded = parameter.IsRequired || operation.Names(parameter);
            page.Append(CultureInfo.InvariantCulture, $"<label><code>{parameter.Name}{(isNeeded ? " *" : "")}</code>");
            page.Append(canTry ? $"<input name=\"{parameter.Name}\"{(isNeeded ? " required" : "")}>" : "<span></span>");
            page.Append(CultureInfo.InvariantCulture, $"<span>{HtmlEncode(parameter.Description)}</span></label>\n");
        }

        page.Append(canTry ? "<button>Try</button><pre hidden></pre>\n" : "").Append("</form></details>\n");
    }
}
