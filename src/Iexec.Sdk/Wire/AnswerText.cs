using System.Text;

namespace Iexec.Sdk.Wire;

/// <summary>The words of an answer. They are UTF-8 whatever the header says: the base library throws at the name of an alphabet that it does not know.</summary>
internal static class AnswerText
{
    /// <summary>Reads all of it, within the bounds that the client has for answers.</summary>
    public static async Task<string> ReadTextAsync(this HttpContent content, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Whether a call got no answer: the connection failed, or the client's own time limit struck. The caller's cancellation is something else.</summary>
    public static bool IsNone(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
