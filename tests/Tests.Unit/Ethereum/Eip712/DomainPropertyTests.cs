using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Xunit;

namespace Tests.Unit.Ethereum.Eip712;

public sealed class DomainPropertyTests
{
    [Fact]
    public void A_document_and_the_domain_record_agree() => Prop.ForAll<NonNull<string>, ulong, bool>((text, chainId, withContract) =>
    {
        // A lone surrogate has no UTF-8 form, so JSON cannot carry it.
        var name = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Get));
        Address? contract = withContract ? new Address(Keccak256.Hash(name).AsSpan()[12..]) : null;
        var record = new Eip712Domain(name, "1", chainId, contract);
        var domain = new Dictionary<string, object> { ["name"] = name, ["version"] = "1", ["chainId"] = chainId };
        if (contract is { } address)
        {
            domain["verifyingContract"] = address.ToString();
        }

        var data = TypedData.Parse(JsonSerializer.SerializeToElement(new Dictionary<string, object>
        {
            ["types"] = new Dictionary<string, object> { ["X"] = new[] { new { name = "m", type = "string" } } },
            ["primaryType"] = "X",
            ["domain"] = domain,
            ["message"] = new { m = name },
        }));
        var structHash = Keccak256.Hash([.. Keccak256.Hash("X(string m)").AsSpan(), .. Keccak256.Hash(name).AsSpan()]);
        return data.DomainSeparator == record.Separator && data.Digest == record.Digest(structHash);
    }).QuickCheckThrowOnFailure();
}
