using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco.Chain;

namespace Iexec.Market.Chain;

/// <summary>
/// Asks the chain once whether accounts belong to the groups that restrictions name. A stranger chooses the restrictions, so the number of
/// questions is limited; what was not asked counts as the caller says.
/// </summary>
internal sealed class GroupMembership
{
    private const int MostQuestions = 64;
    private readonly Dictionary<(Address Group, Address Account), bool> _answers = [];
    private readonly bool _unasked;

    private GroupMembership(bool unasked) => _unasked = unasked;

    public static async Task<GroupMembership> AskAsync(
        IHub hub, IEnumerable<BookOrder> offers, BookOrder request, bool unasked, CancellationToken cancellationToken)
    {
        var membership = new GroupMembership(unasked);
        var questions = offers.SelectMany(offer => Offers.Groups(offer, request)).Distinct().Take(MostQuestions).ToList();
        var answers = await Task.WhenAll(questions.Select(question => hub.IsAllowedAsync(question.Group, question.Account, cancellationToken)));
        foreach (var (question, answer) in questions.Zip(answers))
        {
            membership._answers[question] = answer;
        }

        return membership;
    }

    public bool Contains(Address group, Address account) => _answers.GetValueOrDefault((group, account), _unasked);
}
