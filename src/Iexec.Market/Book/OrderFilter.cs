using Dapper;
using Iexec.Ethereum;
using Iexec.Poco.Orders;

namespace Iexec.Market.Book;

/// <summary>A listing's treatment of one address: left out, <c>any</c>, or an address, perhaps strictly.</summary>
internal readonly record struct AddressTerm(bool IsGiven, Address? Value, bool IsStrict = false)
{
    /// <summary>Group contracts that admit the address.</summary>
    public IReadOnlyList<Address> Groups { get; init; } = [];

    public static AddressTerm Omitted => default;

    public static AddressTerm Any => new(true, null);

    public static AddressTerm Of(Address address, bool isStrict = false) => new(true, address, isStrict);
}

/// <summary>Which open orders of one book are listed.</summary>
internal sealed record OrderFilter(OrderKind Kind)
{
    public AddressTerm App { get; init; }

    public AddressTerm Dataset { get; init; }

    public AddressTerm Workerpool { get; init; }

    public AddressTerm Requester { get; init; }

    public Address? Beneficiary { get; init; }

    public Address? Signer { get; init; }

    public UInt256? Category { get; init; }

    public UInt256? MinTrust { get; init; }

    public UInt256? MaxTrust { get; init; }

    public UInt256? MinVolume { get; init; }

    public Tag? MinTag { get; init; }

    public Tag? MaxTag { get; init; }

    public bool BulkOnly { get; init; }

    private IEnumerable<(string Column, AddressTerm Term, bool IsRestriction)> Terms =>
    [
        ("app", App, Kind is OrderKind.Dataset or OrderKind.Workerpool), ("dataset", Dataset, Kind is OrderKind.App or OrderKind.Workerpool),
        ("workerpool", Workerpool, Kind != OrderKind.Workerpool), ("requester", Requester, Kind != OrderKind.Request),
    ];

    /// <summary>Restrictions that are asked for by an address which may also be a member of a group.</summary>
    public IReadOnlyList<(string Column, Address Account)> LooseRestrictions =>
        [.. Terms.Where(term => term.IsRestriction && term.Term is { Value: not null, IsStrict: false }).Select(term => (term.Column, term.Term.Value!.Value))];

    /// <summary>With other treatment of one restriction.</summary>
    public OrderFilter With(string column, Func<AddressTerm, AddressTerm> change) => column switch
    {
        "app" => this with { App = change(App) },
        "dataset" => this with { Dataset = change(Dataset) },
        "workerpool" => this with { Workerpool = change(Workerpool) },
        _ => this with { Requester = change(Requester) },
    };

    /// <summary>What the orders are sorted by: cheapest first for sellers, highest pool price first for requests; then age, then hash.</summary>
    public string OrderBy => Kind == OrderKind.Request
        ? "price DESC, published_at ASC, order_hash ASC"
        : "price ASC, published_at ASC, order_hash ASC";

    /// <summary>The condition in SQL; every value is a parameter.</summary>
    public string Where(DynamicParameters parameters)
    {
        var clauses = new List<string> { "chain_id = @ChainId", "kind = @Kind", "status = 'open'" };
        parameters.Add("Kind", OrderRow.KindText(Kind));

        void Add(string clause, string name, object value)
        {
            clauses.Add(clause);
            parameters.Add(name, value);
        }

        foreach (var (column, term, isRestriction) in Terms)
        {
            if (term.Value is { } address)
            {
                var groups = (term.Groups ?? []).Select((group, i) =>
                {
                    parameters.Add($"{column}Group{i}", group);
                    return $" OR {column} = @{column}Group{i}";
                });
                Add(isRestriction && !term.IsStrict ? $"({column} = @{column} OR {column} = @Zero{string.Concat(groups)})" : $"{column} = @{column}", column, address);
            }
            else if (isRestriction && !term.IsGiven)
            {
                clauses.Add($"{column} = @Zero");
            }
        }

        parameters.Add("Zero", Address.Zero);
        if (Beneficiary is { } beneficiary)
        {
            Add("beneficiary = @Beneficiary", "Beneficiary", beneficiary);
        }

        if (Signer is { } signer)
        {
            Add("signer = @Signer", "Signer", signer);
        }

        if (Category is { } category)
        {
            Add("category = @Category", "Category", category);
        }

        // To the contracts a trust of 0 is one of 1.
        if (MinTrust is { } minTrust && minTrust > UInt256.One)
        {
            Add("trust >= @MinTrust", "MinTrust", minTrust);
        }

        if (MaxTrust is { } maxTrust)
        {
            Add("trust <= @MaxTrust", "MaxTrust", maxTrust);
        }

        if (MinVolume is { } minVolume)
        {
            Add("remaining >= @MinVolume", "MinVolume", minVolume);
        }

        if (MinTag is { IsNone: false } minTag)
        {
            AddTag("(tag{0} & @MinTag{0}) = @MinTag{0}", "MinTag", minTag);
        }

        if (MaxTag is { } maxTag)
        {
            AddTag("(tag{0} & ~CAST(@MaxTag{0} AS BIGINT)) = 0", "MaxTag", maxTag);
        }

        void AddTag(string clause, string name, Tag tag)
        {
            var words = TagWords.Of(tag);
            ReadOnlySpan<long> values = [words.Word0, words.Word1, words.Word2, words.Word3];
            for (var i = 0; i < values.Length; i++)
            {
                Add(clause.Replace("{0}", $"{i}", StringComparison.Ordinal), $"{name}{i}", values[i]);
            }
        }

        if (BulkOnly)
        {
            clauses.Add("bulk = 1");
        }

        return string.Join(" AND ", clauses);
    }
}
