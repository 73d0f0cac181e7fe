using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Testing.Chain;
using Iexec.Worker.Replicates;
using Xunit;

namespace Tests.Unit.Worker.Replicates;

/// <summary>Times: contributions until 700, reveals until 800, everything until 1000.</summary>
public sealed class ReplicateDecisionTests
{
    private static readonly Bytes32 Digest = Keccak256.Hash("digest");
    private static readonly WorkerpoolAuthorization Authorization =
        WorkerpoolAuthorization.Create(TestAddress.Key(1), new DealId(Keccak256.Hash("deal")), 0, TestAddress.Of(2), Address.Zero);

    [Theory]
    [InlineData("Assigned", "DownloadApp")]
    [InlineData("AppReady", "DownloadData")]
    [InlineData("DataReady", "Compute")]
    [InlineData("Computed", "Contribute")]
    [InlineData("Uploaded", "Contribute")]
    [InlineData("Over", "Complete")]
    public void Phase_leads_to_the_next_step_while_contributions_are_open(string phase, string step) =>
        AssertStep(step, Decide(State(phase), ChainTaskStatus.Active, ContributionStatus.Unset, 699));

    [Theory]
    [InlineData("Assigned")]
    [InlineData("AppReady")]
    [InlineData("DataReady")]
    [InlineData("Computed")]
    public void Task_that_the_chain_does_not_have_yet_is_waited_for(string phase) =>
        AssertStep("Wait", Decide(State(phase), ChainTaskStatus.Unset, ContributionStatus.Unset, 10));

    [Theory]
    [InlineData("Assigned")]
    [InlineData("Computed")]
    public void Task_that_the_chain_does_not_have_is_given_up_when_the_scheduler_says_so(string phase) =>
        AssertStep("Abort", Decide(State(phase) with { AbortAsked = true }, ChainTaskStatus.Unset, ContributionStatus.Unset, 10), ReplicateCause.AbortedByWorker);

    [Theory]
    [InlineData("Assigned")]
    [InlineData("DataReady")]
    [InlineData("Computed")]
    public void Contribution_comes_too_late_at_the_deadline(string phase) =>
        AssertStep("Abort", Decide(State(phase), ChainTaskStatus.Active, ContributionStatus.Unset, 700), ReplicateCause.ContributionTimeout);

    [Fact]
    public void Consensus_of_others_ends_the_work() =>
        AssertStep("Abort", Decide(State("Computed"), ChainTaskStatus.Revealing, ContributionStatus.Unset, 100), ReplicateCause.ConsensusReached);

    [Fact]
    public void Abort_ends_the_work_with_the_cause_that_is_known() =>
        AssertStep(
            "Abort",
            Decide(State("DataReady") with { AbortAsked = true, Cause = ReplicateCause.AppComputeFailed }, ChainTaskStatus.Active, ContributionStatus.Unset, 100),
            ReplicateCause.AppComputeFailed);

    [Theory]
    [InlineData("Assigned")]
    [InlineData("Computed")]
    public void Contribution_on_the_chain_counts_whatever_this_machine_remembers(string phase) =>
        AssertStep("Wait", Decide(State(phase), ChainTaskStatus.Active, ContributionStatus.Contributed, 100));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Consensus_on_our_result_is_revealed_even_if_the_scheduler_asked_to_stop(bool abortAsked) =>
        AssertStep("Reveal", Decide(State("Computed") with { AbortAsked = abortAsked }, ChainTaskStatus.Revealing, ContributionStatus.Contributed, 799));

    [Fact]
    public void Reveal_comes_too_late_at_the_deadline() =>
        AssertStep("Abort", Decide(State("Computed"), ChainTaskStatus.Revealing, ContributionStatus.Contributed, 800), ReplicateCause.RevealTimeout);

    [Fact]
    public void Consensus_on_another_result_is_not_revealed() =>
        AssertStep(
            "Abort",
            ReplicateDecision.Decide(State("Computed"), Task(ChainTaskStatus.Revealing) with { ConsensusValue = Keccak256.Hash("other") }, Contribution(ContributionStatus.Contributed), 750),
            ReplicateCause.ConsensusReached);

    [Fact]
    public void Lost_digest_cannot_be_revealed() =>
        AssertStep("Abort", Decide(State("Computed") with { Digest = null }, ChainTaskStatus.Revealing, ContributionStatus.Contributed, 750), ReplicateCause.CannotReveal);

    [Fact]
    public void Digest_of_a_second_run_that_differs_from_the_contribution_cannot_be_revealed() =>
        AssertStep(
            "Abort", Decide(State("Computed") with { Digest = Keccak256.Hash("second run") }, ChainTaskStatus.Revealing, ContributionStatus.Contributed, 750), ReplicateCause.CannotReveal);

    [Theory]
    [InlineData("Computed", true, "Upload")]
    [InlineData("Computed", false, "Wait")]
    [InlineData("Uploaded", true, "Wait")]
    public void Upload_waits_for_the_order_and_is_done_once(string phase, bool asked, string step) =>
        AssertStep(step, Decide(State(phase) with { UploadAsked = asked }, ChainTaskStatus.Revealing, ContributionStatus.Proved, 900));

    [Theory]
    [InlineData("Assigned")]
    [InlineData("Computed")]
    [InlineData("Uploaded")]
    public void Task_that_is_over_on_the_chain_is_cleaned_up(string phase)
    {
        AssertStep("Complete", Decide(State(phase), ChainTaskStatus.Completed, ContributionStatus.Proved, 100));
        AssertStep("Complete", Decide(State(phase), ChainTaskStatus.Failed, ContributionStatus.Contributed, 100));
        AssertStep("Complete", Decide(State(phase), ChainTaskStatus.Active, ContributionStatus.Contributed, 1000));
    }

    [Fact]
    public void Rejected_contribution_ends_the_work() =>
        AssertStep("Abort", Decide(State("Computed"), ChainTaskStatus.Active, ContributionStatus.Rejected, 100), ReplicateCause.ConsensusReached);

    [Fact]
    public void Contribution_that_a_reorganisation_took_away_is_sent_again() =>
        AssertStep("Contribute", Decide(State("Computed") with { UploadAsked = true }, ChainTaskStatus.Active, ContributionStatus.Unset, 100));

    private static ReplicateDecision Decide(ReplicateState state, ChainTaskStatus task, ContributionStatus contribution, ulong now) =>
        ReplicateDecision.Decide(state, Task(task), Contribution(contribution), now);

    private static void AssertStep(string step, ReplicateDecision decision, ReplicateCause? cause = null) =>
        Assert.Equal((step, cause), (decision.Step.ToString(), decision.Cause));

    private static ReplicateState State(string phase)
    {
        var reached = Enum.Parse<ReplicatePhase>(phase);
        return new ReplicateState(Authorization, reached) { Digest = reached >= ReplicatePhase.Computed ? Digest : null };
    }

    private static ChainTask Task(ChainTaskStatus status)
    {
        var id = Authorization.TaskId;
        return status == ChainTaskStatus.Unset
            ? new ChainTask(id, status, default, 0, 0, 0, 0, 0, default, 0, 0, [], default, [], [])
            : new ChainTask(id, status, new DealId(Authorization.DealId), 0, 100, 700, 800, 1000, ResultHashes.ResultHash(id, Digest), 0, 2, [], default, [], []);
    }

    private static Contribution Contribution(ContributionStatus status) =>
        new(status, status == ContributionStatus.Unset ? default : ResultHashes.ResultHash(Authorization.TaskId, Digest), default, default, 1);
}
