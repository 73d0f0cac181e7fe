using System.Text.Json.Nodes;

namespace Tests.Conformance.Validation;

/// <summary>A value for a rule, as JSON, and why we answer otherwise than the official client; null where we answer the same.</summary>
internal sealed record RuleRow(string Rule, string Value, string? Why = null)
{
    public JsonNode Json => JsonNode.Parse(Value)!;
}

/// <summary>The values.</summary>
internal static class RuleRows
{
    private const string A = "0x323190D01FaC21d5050D7F7fcDF370e5eB4bd065";
    private const string App = $$"""{"owner":"{{A}}","name":"n","type":"DOCKER","multiaddr":"m","checksum":"0x{{H}}"}""";
    private const string H = "b0b664b7a6d249f81c067a9262b1763144eeb3ca63e553567f71673442ce9e84";
    private const string None = "0x0000000000000000000000000000000000000000";
    public const string AppOrder = $$"""{"app":"{{A}}","appprice":"1 RLC","volume":"5","tag":[],"datasetrestrict":"{{None}}","workerpoolrestrict":"{{None}}","requesterrestrict":"{{None}}"}""";

    private const string DatasetOrder = $$"""{"dataset":"{{A}}","datasetprice":"1","volume":"5","tag":["tee"],"apprestrict":"{{None}}","workerpoolrestrict":"{{None}}","requesterrestrict":"{{None}}"}""";
    private const string WorkerpoolOrder = $$"""{"workerpool":"{{A}}","workerpoolprice":"1","volume":"5","tag":[],"category":"0","trust":"0","apprestrict":"{{None}}","datasetrestrict":"{{None}}","requesterrestrict":"{{None}}"}""";
    private const string RequestOrder = $$"""
        {"app":"{{A}}","appmaxprice":"1","dataset":"{{None}}","datasetmaxprice":"1","workerpool":"{{None}}","workerpoolmaxprice":"1","requester":"{{A}}","volume":"5","tag":[],
        "category":"0","trust":"0","beneficiary":"{{A}}","callback":"{{None}}","params":{"iexec_args":"a"} }
        """;

    private const string NoName = "The official one throws an error without a name of its own here.";
    private const string Silent = "A secret is not repeated in a message.";
    private const string Nowhere = "The official one registers what nobody can fetch.";
    private const string Former = "Versions 3 to 7 had TEE without a framework, and their orders are orders still.";
    private const string Exact = "What was signed is a number without a unit.";

    public static IReadOnlyList<RuleRow> All { get; } =
    [
        .. Amounts(), .. Words(), .. Tags(), .. Keys(), .. Sections(), .. Orders(), .. Bulks(), .. Params(),
    ];

    private static IEnumerable<RuleRow> Amounts()
    {
        string[] texts =
        [
            "", "0", "00", "7", "007", "1 nRLC", "1 RLC", "1 rlc", "1 NRLC", "1 wei", "1 ether", "1 eth", "1 gwei", "1 szabo", "1 finney", "1 kwei", "1 mwei",
            ".5 RLC", "0.5 RLC", "0.000000001 RLC", "0.0000000001 RLC", "1.5", "1.", "1.0", "1.0 nRLC", "1.0 wei", "1.10 RLC", "1. RLC", ".", "-1", "+1", "1e3", "0x1", "1,5", "1  RLC", " 1", "1 RLC now", "one",
            "1.000000000000000000 ether", "0.0000000000000000001 ether", "123456789012345678901234567890", "1_000", "١",
        ];
        foreach (var rule in (string[])["nRlc", "rlc", "wei", "ether"])
        {
            foreach (var text in texts)
            {
                var isNoise = text == "1 RLC now" && rule is "nRlc" or "rlc";
                yield return new(rule, Text(text), isNoise ? "A third word is a mistake: it is not left out in silence." : null);
            }

            yield return new(rule, """["1","RLC"]""");
            yield return new(rule, """["1"]""");
            yield return new(rule, """["1","RLC","x"]""");
        }
    }

    private static IEnumerable<RuleRow> Words()
    {
        foreach (var text in (string[])[A, A.ToLowerInvariant(), A[2..], "0X" + A[2..].ToUpperInvariant(), A + "0", A[..^1], "0x", "me", "0x" + new string('g', 40), " " + A])
        {
            yield return new("address", Text(text));
        }

        foreach (var text in (string[])["0x" + H, "0x" + H.ToUpperInvariant(), H, "0x12", "0x" + H + "00", "0x" + new string('z', 64), "0x"])
        {
            yield return new("bytes32", Text(text), text == H ? "64 digits mean one thing only, with 0x or without." : null);
        }

        foreach (var text in (string[])["0", "7", "007", "000", "-1", "1.5", "1e3", "0x1", "one", "+1", " 1", new string('9', 77)])
        {
            yield return new("uint256", Text(text));
        }

        foreach (var text in (string[])["hello/world:1.0", "iexechub/python-hello-world:8.0.4", "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ", "https://x/y", "/ip4/127.0.0.1/tcp/80", "é", "/"])
        {
            yield return new("multiaddr", Text(text), text == "/" ? "The official one stores nothing at all." : null);
        }
    }

    private static IEnumerable<RuleRow> Tags()
    {
        string[] values =
        [
            "[]", "\"tee,tdx\"", """["tee","tdx"]""", """["tdx","tee"]""", """["gpu"]""", """["tee","tdx","gpu"]""", """["foo"]""", """["tee","foo"]""", "\"foo,bar\"",
            """["tdx"]""", """["TEE","tdx"]""", $"\"0x{H}\"", "\"0x" + new string('0', 63) + "9\"", "\"0x" + new string('0', 63) + "8\"", "\"0x" + new string('0', 62) + "10\"",
        ];
        foreach (var value in values)
        {
            var why = value.EndsWith("84\"", StringComparison.Ordinal) || value.EndsWith("10\"", StringComparison.Ordinal)
                ? "Nobody knows what the bit asks of a worker, so that nobody would ever fill the order."
                : null;
            yield return new("datasetTag", value, why);
            yield return new("tag", value, why);
        }

        yield return new("datasetTag", "[\"tee\"]");
        yield return new("tag", "[\"tee\"]");
        yield return new("tag", """["tee","scone"]""", NoName);
        yield return new("tag", """["tee","gramine"]""", NoName);
        yield return new("datasetTag", """["tee","scone"]""");
        yield return new("datasetTag", """["tee","gramine"]""");
        yield return new("datasetTag", """["tee","scone","tdx"]""", "No enclave is of two kinds; 8.24.0 refuses it, too.");
        yield return new("tag", "\"0x1\"");
    }

    private static IEnumerable<RuleRow> Keys()
    {
        var key = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        yield return new("datasetKey", Text(key));
        yield return new("datasetKey", Text("abc"), Silent);
        yield return new("datasetKey", Text(""), Silent);
        yield return new("datasetKey", Text(Convert.ToBase64String(new byte[31])), Silent);
        yield return new("datasetKey", Text(Convert.ToBase64String(new byte[33])), Silent);
    }

    private static IEnumerable<RuleRow> Sections()
    {
        var sections = new Dictionary<string, string>
        {
            ["app"] = App,
            ["dataset"] = $$"""{"owner":"{{A}}","name":"n","multiaddr":"m","checksum":"0x{{H}}"}""",
            ["workerpool"] = $$"""{"owner":"{{A}}","description":"d"}""",
            ["category"] = """{"name":"XXL","description":"d","workClockTimeRef":"100"}""",
        };
        foreach (var (rule, whole) in sections)
        {
            yield return new(rule, whole);
            foreach (var (member, _) in JsonNode.Parse(whole)!.AsObject())
            {
                yield return new(rule, With(whole, member, null));
                yield return new(rule, With(whole, member, "\"\""), member switch { "multiaddr" => Nowhere, "workClockTimeRef" => "Nothing is no time.", _ => null });
            }
        }

        yield return new("app", With(App, "mrenclave", "\"\""));
        yield return new("app", With(App, "type", "\"VM\""));
        yield return new("app", With(App, "type", "\"docker\""));
        yield return new("app", With(App, "checksum", "\"0x12\""));
        yield return new("app", With(App, "owner", "\"0x12\""));
        yield return new("app", With(App, "mrenclave", "\"text\""));
        yield return new("category", With(sections["category"], "workClockTimeRef", "\"-1\""));
        yield return new("category", With(sections["category"], "workClockTimeRef", "100"));
    }

    private static IEnumerable<RuleRow> Orders()
    {
        var orders = new Dictionary<string, string>
        {
            ["apporder"] = AppOrder,
            ["datasetorder"] = DatasetOrder,
            ["workerpoolorder"] = WorkerpoolOrder,
            ["requestorder"] = RequestOrder,
            ["signedDatasetorder"] = Signed(DatasetOrder),
            ["signedWorkerpoolorder"] = Signed(WorkerpoolOrder),
            ["signedRequestorder"] = With(Signed(RequestOrder), "params", "\"{}\""),
            ["signedApporder"] = Signed(With(AppOrder, "appprice", "\"5\"")),
        };
        foreach (var (rule, whole) in orders)
        {
            yield return new(rule, whole);
            foreach (var (member, value) in JsonNode.Parse(whole)!.AsObject())
            {
                yield return new(rule, With(whole, member, null), member == "params" ? "An order without params cannot be hashed." : null);
                if (value is JsonValue && member is not ("params" or "sign"))
                {
                    yield return new(rule, With(whole, member, "\"x\""), IsSigned(rule) && member is "tag" || (IsSigned(rule) && member.EndsWith("price", StringComparison.Ordinal)) ? Exact : null);
                }
            }
        }

        foreach (var (rule, whole) in orders.Where(order => !IsSigned(order.Key)))
        {
            foreach (var tag in (string[])["[]", "[\"gpu\"]", """["tee"]""", """["tdx"]""", """["tee","tdx"]""", """["foo"]"""])
            {
                yield return new(rule, With(whole, "tag", tag), tag == "[\"tee\"]" && rule is "apporder" or "workerpoolorder" ? Former : null);
            }
        }

        foreach (var (rule, whole) in orders.Where(order => IsSigned(order.Key)))
        {
            yield return new(rule, With(whole, "sign", "\"none\""));
        }
    }

    private static IEnumerable<RuleRow> Bulks()
    {
        var endless = With(With(Signed(DatasetOrder), "datasetprice", "\"0\""), "volume", "\"9007199254740991\"");
        string[] bad = [With(endless, "datasetprice", "\"1\""), With(endless, "volume", "\"9007199254740989\"")];
        yield return new("bulk", $"[{endless},{endless}]");
        yield return new("bulk", $"[{With(endless, "volume", "\"9007199254740990\"")}]");
        yield return new("bulk", "[]");
        foreach (var order in bad)
        {
            yield return new("bulk", $"[{order}]");
            yield return new("bulk", $"[{endless},{order}]");
        }

        foreach (var most in (int[])[-1, 0, 1, 100, 101])
        {
            yield return new("maxDatasetPerTask", $"{most}");
        }

        foreach (var provider in (string[])["ipfs", "dropbox", "s3", "", "IPFS", "default"])
        {
            yield return new("storageProvider", Text(provider), provider == "default" ? "Version 8 calls its own storage so." : null);
        }
    }

    private static bool IsSigned(string rule) => rule.StartsWith("signed", StringComparison.Ordinal);

    private static string Signed(string order) => With(With(With(order, "tag", "\"0x" + new string('0', 64) + "\""), "salt", $"\"0x{H}\""), "sign", "\"0x00\"");

    private static IEnumerable<RuleRow> Params()
    {
        foreach (var text in (string[])["{}", """{"iexec_args":"a"}""", "{", "hello", "", "{'iexec_args':'a'}", """{"a":1,}""", "[]", "1", "null"])
        {
            yield return new("paramsText", Text(text));
        }

        yield return new("paramsText", Text("""{"iexec_args":"a","iexec_args":"b"}"""), "The official one takes the last of the two; a slip is no choice.");
        string[] both =
        [
            "{}", """{"iexec_args":"a b"}""", """{"iexec_input_files":["https://a/b"]}""", """{"iexec_input_files":["ipfs://x"]}""", """{"iexec_input_files":["https://a","x"]}""",
            """{"iexec_result_encryption":true}""", """{"iexec_result_storage_provider":"ipfs"}""", """{"iexec_result_storage_provider":"dropbox"}""",
            """{"bulk_cid":"QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPBdG"}""", """{"bulk_cid":"bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"}""",
            """{"bulk_cid":"zz"}""", """{"iexec_secrets":{"1":"one"}}""", """{"iexec_arg":"x"}""",
        ];
        foreach (var value in both)
        {
            yield return new("params", value);
            yield return new("teeParams", value);
        }

        foreach (var secrets in (string[])["""{"0":"x"}""", """{"-1":"x"}""", """{"01":"x"}""", """{"a":"x"}""", """{"1":""}""", "{}", """{"1":"x","12":"y"}"""])
        {
            yield return new("teeParams", $$"""{"iexec_secrets":{{secrets}}}""", secrets.EndsWith("\"\"}", StringComparison.Ordinal) ? "A name must not be empty; the official test for that has no effect." : null);
        }

        yield return new("teeParams", """{"iexec_result_storage_provider":"s3"}""");
        yield return new("params", """{"iexec_result_storage_provider":"s3"}""", "Says which providers there are, as with a TEE tag.");
    }

    private static string Text(string text) => JsonValue.Create(text).ToJsonString();

    /// <summary>The object with a member changed, added, or (null) left out.</summary>
    private static string With(string whole, string member, string? value)
    {
        var changed = JsonNode.Parse(whole)!.AsObject();
        changed.Remove(member);
        if (value is not null)
        {
            changed[member] = JsonNode.Parse(value);
        }

        return changed.ToJsonString();
    }
}
