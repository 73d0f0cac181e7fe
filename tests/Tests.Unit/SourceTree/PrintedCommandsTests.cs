using System.Text.RegularExpressions;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.SourceTree;

/// <summary>
/// Every command that the documents of the original print is run by the walkthrough of its document, as printed. A <c>*</c> is what the reader
/// puts there: an address, a hash, a file. The roadmap of 2019 prints no command.
/// </summary>
public sealed class PrintedCommandsTests
{
    private static readonly string[] Tutorial =
    [
        "iexec --version", "iexec --help", "iexec wallet show", "iexec orderbook show", "iexec tee init", "iexec tee encryptedpush --application *", "iexec order init --buy",
        "iexec orderbook show --category 5", "iexec order fill *", "iexec work show *", "iexec work show * --download encryptedOutputFiles.zip",
    ];

    private static readonly string[] Letter =
    [
        "iexec wallet show --wallet-address *", "iexec wallet show --wallet-file *", "iexec wallet create", "iexec wallet show", "iexec wallet show --show-private-key",
        "iexec wallet import *", "iexec order init --app", "iexec order sign --app", "iexec order publish --app", "iexec orderbook app *",
        "iexec order sign --app && iexec order publish --app", "iexec order init --workerpool", "iexec order sign --workerpool", "iexec order publish --workerpool",
        "iexec orderbook workerpool *", "iexec order sign --workerpool && iexec order publish --workerpool", "iexec orderbook workerpool --category 1",
        "iexec order init --request", "iexec order sign --request", "iexec account show", "iexec order fill --app * --workerpool *", "iexec deal show * --tasks 0",
        "iexec task show * --download", "iexec info --raw",
    ];

    private static readonly string[] Workshop =
    [
        "iexec --version", "iexec init", "iexec wallet show", "iexec wallet getRLC", "iexec account deposit 200", "iexec account show", "iexec app init", "iexec app deploy",
        "iexec app show *", "iexec order init --app", "iexec order sign --app", "iexec order publish --app", "iexec orderbook app *", "iexec workerpool deploy",
        "iexec dataset deploy", "iexec wallet show --show-private-key", "iexec encryptedpush",
    ];

    // "[--dataset [address] …]" is printed once with everything; orders of three kinds are cancelled.
    private static readonly string[] Readme =
    [
        "iexec --version", "iexec --help", "iexec init", "iexec wallet show", "iexec storage init", "iexec info", "iexec app count", "iexec app init", "iexec app deploy",
        "iexec app show", "iexec orderbook app *", "iexec app publish *", "iexec order show --app *", "iexec dataset encrypt",
        "iexec dataset count", "iexec dataset init", "iexec dataset deploy", "iexec dataset show", "iexec dataset push-secret", "iexec orderbook dataset *",
        "iexec dataset publish * --tag tee --app-restrict *", "iexec order show --dataset *", "iexec workerpool count", "iexec workerpool init",
        "iexec workerpool deploy", "iexec workerpool show", "iexec orderbook workerpool * --category 0", "iexec workerpool publish", "iexec order cancel --* *",
        "iexec orderbook requester --category *", "iexec order init --workerpool", "iexec order sign --workerpool", "iexec order fill --request * --app * --dataset *",
        "iexec deal show *", "iexec account show", "iexec account deposit 200", "iexec app run * --dataset * --args * --category * --input-files *",
        "iexec app request-execution * --dataset * --args * --category *", "iexec order show --request * --deals", "iexec task show *", "iexec task show * --watch",
        "iexec task show * --download *", "iexec result generate-encryption-keypair", "iexec result push-encryption-key", "iexec account withdraw 1000", "iexec dataset init --tee",
        "iexec wallet show --raw",
    ];

    /// <summary>What needs an enclave, and the test that waits for one.</summary>
    private static readonly (string Walkthrough, string Test)[] Waiting =
    [
        ("TutorialTests", "Tee_decrypt_opens_what_the_enclave_of_the_tutorial_encrypted"),
        ("ReadmeTests", "App_run_with_a_secret_or_an_encrypted_dataset_gives_them_to_the_app"),
        ("ReadmeTests", "Result_decrypt_opens_the_downloaded_result"),
    ];

    public static TheoryData<string, string[]> Documents => new() { { "TutorialTests", Tutorial }, { "WalkthroughTests", Letter }, { "WorkshopTests", Workshop }, { "ReadmeTests", Readme } };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_that_a_document_prints_is_run_by_its_walkthrough(string walkthrough, string[] printed)
    {
        var source = Source(walkthrough);
        Assert.DoesNotContain(printed, command => !IsRunBy(source, command));
    }

    [Fact]
    public void What_needs_an_enclave_is_skipped_by_name()
    {
        foreach (var (walkthrough, test) in Waiting)
        {
            Assert.Matches($@"\[Fact\(Skip = Enclave[^\]]*\]\s+public void {test}\(\)", Source(walkthrough));
        }
    }

    private static string Source(string walkthrough) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "Tests.Network", "Letter", $"{walkthrough}.cs"));

    // ReadAsync adds --raw. What is added to a printed command stands after it and only spares the test a question.
    private static bool IsRunBy(string source, string command)
    {
        var isRaw = command.EndsWith(" --raw", StringComparison.Ordinal);
        var line = Regex.Escape(isRaw ? command[..^" --raw".Length] : command).Replace(@"\*", @"(?:\{[^}]+\}|[^\s""{}]+)", StringComparison.Ordinal);
        return Regex.IsMatch(source, $@"{(isRaw ? @"ReadAsync\(\$?" : "")}""(?:[^""]* && )?{line}(?: --force)?(?:""| && )");
    }
}
