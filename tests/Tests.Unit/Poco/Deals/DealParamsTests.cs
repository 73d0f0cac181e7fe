using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Xunit;

namespace Tests.Unit.Poco.Deals;

public sealed class DealParamsTests
{
    [Fact]
    public void Index_command_map_gives_each_task_its_entry()
    {
        var parameters = DealParams.Parse("{ \"0\": \"--help\", \"2\": \"scene.pov\" }");

        Assert.Equal(["--help", null, "scene.pov"], new ulong[] { 0, 1, 2 }.Select(parameters.ArgsFor));
    }

    [Fact]
    public void Known_members_are_read_and_unknown_ones_kept()
    {
        var parameters = DealParams.Parse("""
            {"iexec_args":"a b","iexec_input_files":["https://x/1","http://y/2"],"iexec_secrets":{"1":"s"},"iexec_result_encryption":true,
             "iexec_result_storage_provider":"ipfs","iexec_result_storage_proxy":"https://p","bulk_cid":"Qm","mine":{"deep":[1]}}
            """);

        Assert.Equal("a b", parameters.ArgsFor(7));
        Assert.Equal(["https://x/1", "http://y/2"], parameters.InputFiles);
        Assert.Equal("s", parameters.Secrets["1"]);
        Assert.True(parameters.ResultEncryption);
        Assert.Equal(("ipfs", "https://p", "Qm"), (parameters.ResultStorageProvider, parameters.ResultStorageProxy, parameters.BulkCid));
        Assert.Equal("{\"deep\":[1]}", parameters.Unknown["mine"].GetRawText());
    }

    [Theory]
    [InlineData("--size 10", "--size 10")]
    [InlineData("{broken", "{broken")]
    [InlineData("42", "42")]
    [InlineData("[1]", "[1]")]
    [InlineData("", null)]
    [InlineData("  ", null)]
    public void What_is_no_object_is_a_command_line(string text, string? args) => Assert.Equal(args, DealParams.Parse(text).ArgsFor(0));

    [Fact]
    public void Input_files_may_be_a_comma_list() =>
        Assert.Equal(["http://a", "http://b"], DealParams.Parse("{\"iexec_input_files\":\"http://a,http://b\"}").InputFiles);

    [Theory]
    [InlineData("{\"iexec_args\":1}", "params: iexec_args must be a string")]
    [InlineData("{\"0\":1}", "params: 0 must be a string")]
    [InlineData("{\"iexec_result_encryption\":\"yes\"}", "params: iexec_result_encryption must be true or false")]
    [InlineData("{\"iexec_input_files\":[1]}", "params: iexec_input_files must be a list of URLs")]
    public void Known_members_of_another_kind_are_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => DealParams.Parse(text)).Message);

    [Theory]
    [InlineData("{\"iexec_input_files\":[\"ipfs://x\"]}", "iexec_input_files[0] \"ipfs://x\" is not a valid URL")]
    [InlineData("{\"iexec_secrets\":{\"1\":\"s\"}}", "iexec_secrets is not supported for non TEE tasks")]
    [InlineData("{\"iexec_secrets\":{\"0\":\"s\"}}", "iexec_secrets mapping keys must be strictly positive integers")]
    [InlineData("{\"iexec_result_storage_provider\":\"dropbox\"}", "iexec_result_storage_provider \"dropbox\" is not supported for non TEE tasks use supported storage provider ipfs")]
    [InlineData("{\"iexec_result_storage_provider\":\"s3\"}", "iexec_result_storage_provider \"s3\" is not a valid storage provider, use one of the supported providers (dropbox, ipfs)")]
    [InlineData("{\"iexec_secrets\":{\"1\\n\":\"s\"}}", "iexec_secrets mapping keys must be strictly positive integers")]
    [InlineData("{\"bulk_cid\":\"zz\"}", "zz is not a valid CID")]
    [InlineData("{\"iexec_secrets\":{\"1\":\"\"}}", "iexec_secrets mapping names must be strings")]
    [InlineData("{\"iexec_result_storage_proxy\":\"proxy\"}", "iexec_result_storage_proxy \"proxy\" is not a valid URL")]
    [InlineData("{\"iexec_arg\":\"x\"}", "Unknown key \"iexec_arg\" in params")]
    public void What_cannot_run_is_refused_before_it_is_signed(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => DealParams.Parse(text).Check(Tag.None)).Message);

    [Theory]
    [InlineData("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPBdG")]
    [InlineData("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi")]
    public void A_list_of_datasets_is_named_by_either_version_of_cid(string cid) =>
        Assert.Null(Record.Exception(() => DealParams.Parse($"{{\"bulk_cid\":\"{cid}\"}}").Check(Tag.None)));

    [Theory]
    [InlineData("{\"iexec_developer_logger\":true,\"iexec_tee_post_compute_image\":\"x\",\"iexec_tee_post_compute_fingerprint\":\"y\"}")]
    [InlineData("{\"0\":\"--help\"}")]
    [InlineData("--help")]
    [InlineData("{\"mine\":1}")]
    public void What_former_clients_wrote_is_still_signed(string text) => Assert.Null(Record.Exception(() => DealParams.Parse(text).Check(Tag.None)));

    [Fact]
    public void A_tee_task_may_have_secrets() => DealParams.Parse("{\"iexec_secrets\":{\"1\":\"s\"},\"iexec_result_storage_provider\":\"dropbox\"}").Check(Tag.Of(Tag.TeeBit));
}
