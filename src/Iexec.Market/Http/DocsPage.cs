namespace Iexec.Market.Http;

/// <summary>A page for people who open the gateway in a browser.</summary>
internal static class DocsPage
{
    public const string Html =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>iexec order gateway</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        table { border-collapse: collapse; width: 100% }
        td, th { border-bottom: 1px solid #8884; padding: .4rem; text-align: left; vertical-align: top }
        code { font-size: .9em }
        </style>
        </head>
        <body>
        <h1>iexec order gateway</h1>
        <p>Every request but <code>/version</code> names its chain: <code>?chainId=</code>. Replies are JSON with <code>ok</code>; failures carry <code>error</code>.
        Amounts are in nRLC per task. Lists take <code>pageIndex</code> and <code>pageSize</code> (10 to 1000).</p>
        <table>
        <tr><th>Request</th><th>What it does</th></tr>
        <tr><td><code>GET /apporders</code></td><td>Open offers of an application, cheapest first: <code>app</code> or <code>appOwner</code>; restrictions <code>dataset</code>, <code>workerpool</code>, <code>requester</code> (an address, or <code>any</code>; <code>isDatasetStrict</code>, …); <code>minTag</code>, <code>maxTag</code>, <code>minVolume</code></td></tr>
        <tr><td><code>GET /datasetorders</code></td><td>Open offers of a dataset: <code>dataset</code> or <code>datasetOwner</code>, and <code>bulkOnly</code></td></tr>
        <tr><td><code>GET /workerpoolorders</code></td><td>Open offers of computing power: <code>category</code>, <code>workerpool</code>, <code>workerpoolOwner</code>, <code>minTrust</code></td></tr>
        <tr><td><code>GET /requestorders</code></td><td>Open requests, highest pool price first: <code>requester</code>, <code>beneficiary</code>, <code>app</code>, <code>dataset</code>, <code>category</code>, <code>maxTrust</code></td></tr>
        <tr><td><code>GET /…orders/{hash}</code></td><td>One order, whatever its status</td></tr>
        <tr><td><code>GET /challenge?address=</code></td><td>Typed data to sign; answer with the header <code>authorization: hash_signature_address</code></td></tr>
        <tr><td><code>POST /…orders</code></td><td>Publishes <code>{"order": …}</code></td></tr>
        <tr><td><code>PUT /…orders</code></td><td>Unpublishes: <code>target</code> is <code>unpublish_orderHash</code>, <code>unpublish_last</code> or <code>unpublish_all</code></td></tr>
        <tr><td><code>GET /deals</code>, <code>/deals/{id}</code></td><td>Deals, newest first</td></tr>
        <tr><td><code>GET /categories</code>, <code>/categories/{id}</code></td><td>Categories of execution time</td></tr>
        <tr><td><code>GET /ohlc?category=</code></td><td>Time, price and volume of the last 100 deals</td></tr>
        <tr><td><code>GET /metrics</code></td><td>Open orders, and the block the book stands at</td></tr>
        <tr><td><code>GET /version</code></td><td>Version of the program</td></tr>
        </table>
        </body>
        </html>
        """;
}
