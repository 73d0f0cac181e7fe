namespace Iexec.Host.Images;

/// <summary>Whether Docker Hub can be had. Asked by us, since an engine may try for a minute.</summary>
internal static class DockerHub
{
    private static readonly Uri Api = new("https://registry-1.docker.io/v2/");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>The API answers at all; 401 is its usual answer to a stranger.</summary>
    public static async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient { Timeout = Patience };
            using var response = await http.GetAsync(Api, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.Headers.Contains("Docker-Distribution-Api-Version");
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
