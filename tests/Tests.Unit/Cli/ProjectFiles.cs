namespace Tests.Unit.Cli;

/// <summary>A project whose four files are good, for tests that spoil them.</summary>
internal static class ProjectFiles
{
    public const string Owner = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private const string Asset = "0x44e47D75B156e970c497a9f8461aB92abdE3a710";
    private const string NoAddress = "0x0000000000000000000000000000000000000000";
    private const string NoTag = "0x0000000000000000000000000000000000000000000000000000000000000000";
    private const string AppOrder = "\"app\": \"" + Asset + "\", \"appprice\": \"0\", \"volume\": \"1\", \"tag\": \"" + NoTag + "\", \"datasetrestrict\": \"" + NoAddress + "\",\n \"workerpoolrestrict\": \"" + NoAddress + "\", \"requesterrestrict\": \"" + NoAddress + "\"";
    private const string Request = "\"app\": \"" + Asset + "\", \"appmaxprice\": \"0\", \"dataset\": \"" + NoAddress + "\", \"datasetmaxprice\": \"0\", \"workerpool\": \"" + NoAddress + "\",\n \"workerpoolmaxprice\": \"0\", \"volume\": \"1\", \"category\": \"0\", \"trust\": \"0\", \"tag\": \"" + NoTag + "\", \"beneficiary\": \"" + Owner + "\", \"callback\": \"" + NoAddress + "\", \"params\": \"{}\", \"requester\": \"" + Owner + "\"";
    private const string Signed = ", \"salt\": \"" + NoTag + "\", \"sign\": \"0x\"";

    /// <summary>Text by name.</summary>
    public static IReadOnlyDictionary<string, string> Good { get; } = new Dictionary<string, string>
    {
        ["chain.json"] = "{\n \"default\": \"dev\",\n \"chains\": {\n  \"dev\": {\n   \"id\": \"65535\",\n   \"host\": \"http://node\",\n   \"hub\": \"0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca\",\n   \"iexecGateway\": \"http://market\",\n   \"sms\": \"http://sms\"\n  }\n }\n}\n",
        ["iexec.json"] = "{\n \"app\": {\"owner\": \"" + Owner + "\", \"name\": \"a\", \"type\": \"DOCKER\", \"multiaddr\": \"a/b:c\", \"checksum\": \"" + NoTag + "\"},\n \"workerpool\": {\"owner\": \"" + Owner + "\", \"description\": \"d\"},\n"
            + " \"category\": {\"name\": \"n\", \"description\": \"d\", \"workClockTimeRef\": \"100\"},\n \"order\": {\n \"apporder\": {" + AppOrder + "},\n \"requestorder\": {" + Request + "}\n }\n}\n",
        ["deployed.json"] = "{\n \"app\": {\n  \"65535\": \"" + Asset + "\"\n },\n \"workerpool\": {\n  \"65535\": \"" + Asset + "\"\n }\n}\n",
        ["orders.json"] = "{\n \"65535\": {\n \"apporder\": {" + AppOrder + Signed + "},\n \"requestorder\": {" + Request + Signed + "}\n }\n}\n",
    };

    /// <summary>What reads or writes each file.</summary>
    public static IReadOnlyDictionary<string, string[]> Commands { get; } = new Dictionary<string, string[]>
    {
        ["chain.json"] =
        [
            "info", "app deploy", "app show", "account show " + Owner, "order init --app", "order sign --request", "order publish --app --force", "orderbook workerpool", "requester check-secret x", "storage check dropbox",
            "deal show " + NoTag, "task show " + NoTag, "wallet show", "category count",
        ],
        ["iexec.json"] = ["app init", "app deploy", "workerpool deploy", "category init", "category create", "order init", "order init --buy", "order sign --app", "order sign --request --skip-preflight-check", "registry validate app"],
        ["deployed.json"] = ["app show", "app deploy", "app publish --force", "app run", "app check-secret", "workerpool show", "workerpool deploy", "order init --app", "order init --buy", "registry validate app"],
        ["orders.json"] = ["order publish --app --force", "order publish --request --force", "order sign --request --skip-preflight-check", "order cancel --app --force", "order fill --force", "order show --app", "order unpublish --app --force"],
    };

    /// <summary>Rows for a theory: each file with each of its commands.</summary>
    public static IEnumerable<(string File, string Command)> Pairs => Commands.SelectMany(file => file.Value.Select(command => (file.Key, command)));
}
