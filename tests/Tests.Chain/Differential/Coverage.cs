using System.Globalization;
using System.Text;

namespace Tests.Chain.Differential;

/// <summary>What a run tried: how often, and how often it succeeded; events stand for transitions.</summary>
internal sealed class Coverage
{
    private readonly SortedDictionary<string, (int Tried, int Succeeded)> _functions = [];
    private readonly SortedDictionary<string, int> _refusals = [];
    private readonly SortedDictionary<string, int> _transitions = [];

    public int Tried => _functions.Values.Sum(count => count.Tried);

    public int Succeeded => _functions.Values.Sum(count => count.Succeeded);

    public int SuccessPercent => Tried == 0 ? 0 : 100 * Succeeded / Tried;

    /// <summary>What the run never did.</summary>
    public IReadOnlyList<string> Missing => [.. Transitions.All.Except(_transitions.Keys)];

    public void Count(string function, Outcome outcome)
    {
        var (tried, succeeded) = _functions.GetValueOrDefault(function);
        _functions[function] = (tried + 1, succeeded + (outcome.Succeeded ? 1 : 0));
        foreach (var transition in Transitions.Of(outcome))
        {
            _transitions[transition] = _transitions.GetValueOrDefault(transition) + 1;
        }

        if (!outcome.Succeeded)
        {
            var refusal = Refusal.Describe(outcome.Output);
            _refusals[refusal] = _refusals.GetValueOrDefault(refusal) + 1;
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Tried} transactions on either side, {SuccessPercent} % successful\n");
        foreach (var (function, count) in _functions)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {function,-28}{count.Succeeded,6} of {count.Tried}\n");
        }

        text.Append("transitions:\n");
        foreach (var (transition, count) in _transitions)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {count,6} {transition}\n");
        }

        text.Append("refusals of the official side:\n");
        foreach (var (refusal, count) in _refusals)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {count,6} {refusal}\n");
        }

        return text.ToString();
    }
}
