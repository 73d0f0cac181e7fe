using System.Security.Cryptography;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Sdk.Runs;

/// <summary>Gives local input files a URL; what is there already is not sent again.</summary>
internal sealed class RunInputs(RunJournal journal, StorageClient storage, HttpClient http)
{
    /// <summary>Refuses inputs that cannot be, before anything is built or sent.</summary>
    /// <exception cref="IexecException">ValidationError: no such file, a folder, or a file that cannot be read.</exception>
    public static void Check(IEnumerable<string> inputs, string folder)
    {
        foreach (var input in inputs.Where(input => UrlOf(input) is null))
        {
            try
            {
                using var content = OpenFile(input, folder);
            }
            catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
            {
                throw new IexecException(ErrorCode.ValidationError, $"The input \"{input}\" cannot be read", new Advice("An input is a file or an http(s) URL; pack a folder first.", Remedy.NameInput), refused);
            }
        }
    }

    /// <summary>The URL of an input if nothing has to be uploaded for it: a URL as it is, or a file that is in the storage already; else null.</summary>
    /// <exception cref="IexecException">ValidationError: no such file.</exception>
    public async Task<Uri?> FindAsync(string input, string folder, CancellationToken cancellationToken)
    {
        if (UrlOf(input) is { } url)
        {
            return url;
        }

        return journal.Find("inputs", await KeyAsync(input, folder, cancellationToken).ConfigureAwait(false)) is { } known
            && UrlOf(known) is { } former && await IsThereAsync(former, cancellationToken)
            .ConfigureAwait(false)
            ? former
            : null;
    }

    /// <summary>The URL of an input, after an upload if need be.</summary>
    /// <param name="input">A file or a URL.</param>
    /// <param name="folder">What a relative path begins at.</param>
    /// <param name="watch">Given the file, the stream to send in its place: one that tells how far it is.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="IexecException">ValidationError: no such file; IpfsGatewayCallError.</exception>
    public async Task<(Uri Url, bool IsNew)> EnsureAsync(string input, string folder, Func<FileStream, Stream> watch, CancellationToken cancellationToken)
    {
        if (await FindAsync(input, folder, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return (found, false);
        }

        var path = Path.GetFullPath(input, folder);
        var key = await KeyAsync(input, folder, cancellationToken).ConfigureAwait(false);
        using var content = File.OpenRead(path);
        var stored = await storage.PutAsync(watch(content), Path.GetFileName(path), cancellationToken).ConfigureAwait(false);
        await journal.SaveAsync("inputs", key, stored.Url.AbsoluteUri, cancellationToken).ConfigureAwait(false);
        return (stored.Url, true);
    }

    private async Task<bool> IsThereAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, url);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // The name is part of the URL that the app sees, so it belongs to what is remembered.
    private static async Task<string> KeyAsync(string input, string folder, CancellationToken cancellationToken)
    {
        using var content = OpenFile(input, folder);
        return $"{Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false))} {Path.GetFileName(content.Name)}";
    }

    private static FileStream OpenFile(string input, string folder)
    {
        var path = Path.GetFullPath(input, folder);
        return File.Exists(path) ? File.OpenRead(path)
            : throw new IexecException(ErrorCode.ValidationError, $"There is no file \"{input}\"", new Advice("An input is a file or an http(s) URL; pack a folder first.", Remedy.NameInput));
    }

    private static Uri? UrlOf(string input) => Uri.TryCreate(input, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
