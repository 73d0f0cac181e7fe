using Iexec.Poco;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Orders;

/// <summary>Tries again without the offers that the chain says are used up, until the book has no other.</summary>
internal static class StillOffered
{
    /// <param name="attempt">Buys, or only asks; given the orders to pass over. Refused, it has sent nothing.</param>
    /// <param name="again">Told before each further attempt.</param>
    public static async Task<T> TryAsync<T>(Func<IReadOnlySet<OrderHash>, Task<T>> attempt, Action? again = null)
    {
        var without = new HashSet<OrderHash>();
        while (true)
        {
            try
            {
                return await attempt(without).ConfigureAwait(false);
            }
            catch (IexecException refused) when (refused.InnerException is ConsumedOrdersException consumed && consumed.AddTo(without))
            {
                again?.Invoke();
            }
        }
    }
}
