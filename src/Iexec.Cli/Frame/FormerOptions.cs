namespace Iexec.Cli.Frame;

/// <summary>Options that older versions had and that mean nothing here: whoever writes them is told what took their place.</summary>
internal static class FormerOptions
{
    private static readonly Dictionary<string, string> Successors = new()
    {
        ["--tee-framework"] = "The framework is part of the tag: --tag tee,gramine (or scone, tdx).",
        ["--tee"] = "Trusted execution is part of an offer's tag: iexec app publish --tag tee,scone; the enclave's fingerprint is \"mrenclave\" in iexec.json.",
        ["--hub"] = "The hub is written in chain.json: \"hub\" of the chain.",
        ["--use-voucher"] = "This network has no vouchers: executions are paid from the account.",
        ["--voucher-address"] = "This network has no vouchers: executions are paid from the account.",
    };

    /// <summary>Each with what to do without it.</summary>
    public static IEnumerable<(string Option, string Now)> All => Successors.Select(former => (former.Key, former.Value));

    /// <summary>What to do without the option; null for what never was one.</summary>
    public static string? Find(string option) => Successors.GetValueOrDefault(option);
}
