using Iexec.Sdk.Errors;

namespace Iexec.Host.Children;

/// <summary>Waiting for a child to answer, without waiting for a dead one.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when <paramref name="answers"/> says true.</summary>
    /// <exception cref="IexecException">The child ended or the time is up; the message carries the end of its log.</exception>
    public static async Task WaitAsync(
        string name, ChildSpec spec, SupervisedProcess child, Func<CancellationToken, Task<bool>> answers,
        TimeSpan within, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (!await answers(cancellationToken))
        {
            if (child.HasExited || time.GetElapsedTime(begun) > within)
            {
                var what = child.HasExited ? "ended at once" : $"did not answer within {within.TotalSeconds:0} seconds";
                throw new IexecException(ErrorCode.ConfigurationError, $"The {name} {what}.\n{spec.ReadLogTail(15)}", $"Its log is {spec.LogFile}.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
