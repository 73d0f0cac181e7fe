using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco.Chain;

namespace Iexec.Market.Chain;

/// <summary>
/// Finds the cheapest offer that a request can take, asking the chain about groups only where an offer cannot be judged without. A stranger
/// chooses the restrictions, so the number of questions is limited.
/// </summary>
internal static class GroupMembership
{
    private const int MostQuestions = 64;

    /// <param name="maxPrice">An offer up to this price, found without questions, is good enough.</param>
    /// <param name="unasked">What counts where no question was asked for lack of room.</param>
    public static async Task<OfferSearch> SearchAsync(
        IHub hub, IReadOnlyList<BookOrder> offers, BookOrder request, UInt256 maxPrice, bool unasked, CancellationToken cancellationToken)
    {
        var plain = Offers.Cheapest(offers, request, (_, _) => false);
        if (plain.Found && plain.BestPrice <= maxPrice)
        {
            return plain;
        }

        var questions = offers.SelectMany(offer => Offers.Groups(offer, request)).Distinct().Take(MostQuestions).ToList();
        var asked = await Task.WhenAll(questions.Select(question => hub.IsAllowedAsync(question.Group, question.Account, cancellationToken)));
        var answers = questions.Zip(asked).ToDictionary(pair => pair.First, pair => pair.Second);
        return Offers.Cheapest(offers, request, (group, account) => answers.GetValueOrDefault((group, account), unasked));
    }
}
