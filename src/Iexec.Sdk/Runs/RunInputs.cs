using System.Security.Cryptography;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Sdk.Runs;

/// <summary>Gives local input files a URL; what is there already is not sent again.</summary>
internal sealed class RunInputs(RunJournal journal, StorageClient storage, HttpClient http)
{
    /// <summary>The URL of an input: a URL as it is, or a file that is uploaded.</summary>
    /// <exception cref="IexecException">ValidationError: no such file; IpfsGatewayCallError.</exception>
    public async Task<(Uri Url, bool IsNew)> EnsureAsync(string input, string folder, CancellationToken cancellationToken)
    {
        if (Uri.TryCreate(input, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return (url, false);
        }

        var path = Path.GetFullPath(input, folder);
        if (!File.Exists(path))
        {
            throw new IexecException(ErrorCode.ValidationError, $"There is no file \"{input}\"", "--input takes a file or an http(s) URL.");
        }

        // The name is part of the URL that the app sees, so it belongs to what is remembered.
        var key = $"{await DigestAsync(path, cancellationToken)} {Path.GetFileName(path)}";
        if (journal.Find("inputs", key) is { } known && Uri.TryCreate(known, UriKind.Absolute, out var former) && await IsThereAsync(former, cancellationToken))
        {
            return (former, false);
        }

        await using var content = File.OpenRead(path);
        var stored = await storage.PutAsync(content, Path.GetFileName(path), cancellationToken);
        journal.Save("inputs", key, stored.Url.AbsoluteUri);
        return (stored.Url, true);
    }

    private async Task<bool> IsThereAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, url);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }
}
