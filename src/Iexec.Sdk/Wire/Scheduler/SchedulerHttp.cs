using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>What both clients do with an answer: sizes bounded, errors of one family, bodies never trusted to be what they should.</summary>
internal static class SchedulerHttp
{
    private const int MaximumErrorLength = 500;

    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AnswerText.IsNone(exception, cancellationToken))
        {
            throw Unreachable(http, exception);
        }
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new IexecException(
                ErrorCode.WorkerpoolCallError, $"The scheduler's answer is not a {typeof(T).Name}: {exception.Message}", "Check the pool's URL.", exception);
        }
    }

    public static async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadTextAsync(cancellationToken).ConfigureAwait(false)).Trim().Trim('"');
    }

    public static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var body = await response.Content.ReadTextAsync(cancellationToken).ConfigureAwait(false);
        var text = Message(body);
        throw new IexecException(
            response.StatusCode == HttpStatusCode.NotFound ? ErrorCode.ObjectNotFoundError : ErrorCode.WorkerpoolCallError,
            $"Workerpool API error: {(int)response.StatusCode} {(text.Length == 0 ? response.ReasonPhrase : text)}");
    }

    private static string Message(string body)
    {
        var text = body;
        if (body.StartsWith('{'))
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                text = document.RootElement.TryGetProperty("error", out var error) ? error.ToString()
                    : document.RootElement.TryGetProperty("message", out var message) ? message.ToString() : body;
            }
            catch (JsonException)
            {
                // The text as it came is the best there is to show.
            }
        }

        text = new string([.. text.Where(static c => !char.IsControl(c))]);
        return text.Length > MaximumErrorLength ? text[..MaximumErrorLength] : text;
    }

    private static IexecException Unreachable(HttpClient http, Exception exception) => new(
        ErrorCode.WorkerpoolCallError,
        $"The scheduler at {http.BaseAddress} does not answer.",
        "Check that the pool is up and its URL is right.",
        exception);
}
