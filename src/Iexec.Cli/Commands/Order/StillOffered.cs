using Iexec.Cli.Frame;
using Iexec.Poco;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;

namespace Iexec.Cli.Commands.Order;

/// <summary>Tries again without the offers that the chain says are used up, until the book has no other.</summary>
internal static class StillOffered
{
    public static async Task<T> TryAsync<T>(CommandContext context, Func<IReadOnlySet<OrderHash>, Task<T>> attempt)
    {
        var without = new HashSet<OrderHash>();
        while (true)
        {
            try
            {
                return await attempt(without);
            }
            catch (IexecException refused) when (refused.InnerException is ConsumedOrdersException consumed && consumed.AddTo(without))
            {
                context.Note("An offer of the book is used up already; taking the next one");
            }
        }
    }
}
