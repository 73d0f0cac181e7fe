using System.Runtime.CompilerServices;
using Iexec.Ethereum.JsonRpc;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Chains;

/// <summary>Asks the chain again and again, for somebody who watches.</summary>
internal static class Polling
{
    /// <summary>How long a node that has answered before may be away.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The answers, the first at once, without end. A node that restarts in between is waited for: who watches for an hour does not want to begin again because of
    /// a second. One that does not answer the first time is told at once: it may be the wrong address.
    /// </summary>
    /// <exception cref="IexecException">As the question; Web3ProviderError when the node stays away.</exception>
    public static async IAsyncEnumerable<T> AnswersAsync<T>(
        Func<Task<T>> ask, TimeSpan pause, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? heard = null;
        while (true)
        {
            var (isThere, answer) = (false, default(T)!);
            try
            {
                (isThere, answer) = (true, await ask().ConfigureAwait(false));
                heard = time.GetTimestamp();
            }
            catch (IexecException away) when (away.InnerException is NodeUnreachableException && heard is { } last && time.GetElapsedTime(last) < LongestSilence)
            {
            }

            if (isThere)
            {
                yield return answer;
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
