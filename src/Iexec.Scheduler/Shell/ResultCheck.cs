using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Iexec.Scheduler.Shell;

/// <summary>What a look at the storage said.</summary>
internal enum ResultPresence
{
    Present,
    Missing,
    Unknown,
}

/// <summary>
/// Looks whether an uploaded result is really there, before the chain is told that it is. The location comes from a worker, therefore only a
/// content id on our own gateway is ever fetched.
/// </summary>
internal sealed partial class ResultCheck(HttpClient http, Uri? ipfsGateway)
{
    public async Task<ResultPresence> FindAsync(string resultLink, CancellationToken cancellationToken)
    {
        using var link = JsonDocument.Parse(resultLink);
        var storage = link.RootElement.GetProperty("storage").GetString();
        var location = link.RootElement.GetProperty("location").GetString() ?? "";
        if (storage != "ipfs" || ipfsGateway is null)
        {
            // Storages of others cannot be looked into; an IPFS location must at least be one.
            return storage == "ipfs" && !IpfsLocation().IsMatch(location) ? ResultPresence.Missing : ResultPresence.Present;
        }

        if (!IpfsLocation().IsMatch(location))
        {
            return ResultPresence.Missing;
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(ipfsGateway, location));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? ResultPresence.Present
                : response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone ? ResultPresence.Missing
                : ResultPresence.Unknown;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ResultPresence.Unknown;
        }
    }

    [GeneratedRegex("^/ipfs/[A-Za-z0-9]{46,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex IpfsLocation();
}
