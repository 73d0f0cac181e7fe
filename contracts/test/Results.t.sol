// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "./base/Market.sol";
import {Consumer} from "./base/Actors.sol";

/// @notice Whatever is published reads back to the byte, however it is kept.
contract ResultsTest is Market {
    bytes private constant ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    function publish(bool atOnce, address callback, bytes memory results, bytes memory data)
        private
        returns (bytes32 taskid)
    {
        Orders memory o = withoutDataset(makeOrders());
        o.request.callback = callback;
        taskid = openTask(o);
        bytes32 digest = keccak256(data);
        if (atOnce) {
            bytes memory authorization = authorize(scheduler, workers[0], taskid, address(0));
            vm.prank(workers[0]);
            hub.contributeAndFinalize(taskid, digest, results, data, address(0), "", authorization);
        } else {
            contribute(workers[0], taskid, digest);
            reveal(workers[0], taskid, digest);
            vm.prank(scheduler);
            hub.finalize(taskid, results, data);
        }
        Task memory t = hub.viewTask(taskid);
        assertEq(t.results, results, "results");
        assertEq(t.resultsCallback, data, "callback data");
        assertEq(hub.resultFor(taskid), data, "for the callback");
        assertEq(t.resultDigest, digest, "digest");
        assertEq(t.consensusValue, resultHash(taskid, digest), "consensus");
        Contribution memory c = hub.viewContribution(taskid, workers[0]);
        assertEq(uint256(c.status), uint256(ContributionStatus.PROVED), "proved");
        assertEq(c.resultHash, resultHash(taskid, digest), "hash");
        assertEq(c.resultSeal, resultSeal(workers[0], taskid, digest), "seal");
    }

    function publishBothWays(bytes memory results, bytes memory data) private {
        publish(false, address(0), results, data);
        publish(true, address(0), results, data);
    }

    function test_nothing() external {
        publishBothWays("", "");
    }

    function test_links() external {
        publishBothWays(RESULTS, "");
        publishBothWays(RESULTS, "with data");
        // Lowest and highest digest, and one character beyond each end.
        publishBothWays(link("QmNLei78zWmzUdbeRB3CiUfAizWUrbeeZh5K1rhAQKCh51"), "");
        publishBothWays(link("QmfZy5bvk7a3DQAjCbGNtmrPXWkyVvPrdnZMyBZ5q5ieKG"), "");
        publishBothWays(link("QmNLei78zWmzUdbeRB3CiUfAizWUrbeeZh5K1rhAQKCh4z"), "");
        publishBothWays(link("QmfZy5bvk7a3DQAjCbGNtmrPXWkyVvPrdnZMyBZ5q5ieKH"), "");
        publishBothWays(link("Qzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"), "");
        publishBothWays(link("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"), "");
        publishBothWays(link("1111111111111111111111111111111111111111111111"), "");
    }

    function test_what_looks_like_a_link() external {
        // Characters outside of the alphabet: a zero, a letter l, a control character, one above ASCII.
        publishBothWays(link("Qm0fXJxiMWGf1tQYw6Ehjp3UaLJYcjwzuFbLCPb2tLzzsD"), "");
        publishBothWays(link("QmlfXJxiMWGf1tQYw6Ehjp3UaLJYcjwzuFbLCPb2tLzzsD"), "");
        publishBothWays(replaced(50, 0x01), "");
        publishBothWays(replaced(50, 0xb5), "");
        publishBothWays(replaced(50, 0xff), "");
        // Other frames.
        publishBothWays(replaced(0, "["), "");
        publishBothWays(replaced(33, "|"), "");
        publishBothWays(replaced(88, "]"), "");
        publishBothWays(bytes.concat(RESULTS, " "), "");
        publishBothWays('{"storage":"ipfs","location":"/ipfs/QmWfXJxiMWGf1tQYw6Ehjp3UaLJYcjwzuFbLCPb2tLzzsD"}', "");
    }

    /// @dev A random character anywhere in a link.
    function testFuzz_changed_links(uint256 position, bytes1 character) external {
        publish(false, address(0), replaced(position % RESULTS.length, character), "");
    }

    function testFuzz_cids(uint256 seed) external {
        bytes memory cid = new bytes(46);
        for (uint256 i = 0; i < 46; ++i) {
            cid[i] = ALPHABET[(seed >> (5 * i)) % 58];
        }
        if (seed % 4 != 0) (cid[0], cid[1]) = ("Q", "m");
        publish(false, address(0), link(string(cid)), "");
    }

    function testFuzz_anything(bytes calldata results, bytes calldata data, bool atOnce) external {
        publish(atOnce, address(0), results, data);
    }

    function test_data_beyond_the_limit_of_code() external {
        publishBothWays(RESULTS, new bytes(24_400));
        publishBothWays(RESULTS, new bytes(25_000));
        publishBothWays(new bytes(30_000), "");
    }

    function test_callback_gets_long_data() external {
        Consumer consumer = new Consumer();
        consumer.set(Consumer.Mood.GOOD);
        publish(false, address(consumer), RESULTS, new bytes(64));
        publish(true, address(consumer), RESULTS, new bytes(64));
        assertEq(consumer.result(), new bytes(64), "result");
    }

    function test_result_of_many_workers_and_seals_of_all() external {
        Orders memory o = makeOrders();
        o.request.trust = 5;
        bytes32 taskid = openTask(o);
        bytes32 digest = keccak256("result");
        contribute(workers[3], taskid, keccak256("wrong"));
        for (uint256 i = 0; i < 5; ++i) {
            if (i == 3) continue;
            contribute(workers[i], taskid, digest);
        }
        // Not in the order of the contributions; one stays silent.
        reveal(workers[2], taskid, digest);
        reveal(workers[0], taskid, digest);
        reveal(workers[4], taskid, digest);
        checkContributions(taskid, digest);
        vm.warp(block.timestamp + 2 * T);
        finalize(taskid);
        checkContributions(taskid, digest);
        assertEq(hub.viewTask(taskid).results, RESULTS, "results");
    }

    function checkContributions(bytes32 taskid, bytes32 digest) private view {
        for (uint256 i = 0; i < 5; ++i) {
            bytes32 own = i == 3 ? keccak256("wrong") : digest;
            Contribution memory c = hub.viewContribution(taskid, workers[i]);
            assertEq(c.resultHash, resultHash(taskid, own), "hash");
            assertEq(c.resultSeal, resultSeal(workers[i], taskid, own), "seal");
            bool proved = i == 0 || i == 2 || i == 4;
            assertEq(
                uint256(c.status),
                uint256(proved ? ContributionStatus.PROVED : ContributionStatus.CONTRIBUTED),
                "status"
            );
        }
        Task memory t = hub.viewTask(taskid);
        assertEq(t.revealCounter, 3, "reveals");
        assertEq(t.winnerCounter, 4, "winners");
    }

    function link(string memory cid) private pure returns (bytes memory) {
        return abi.encodePacked('{ "storage": "ipfs", "location": "/ipfs/', cid, '" }');
    }

    function replaced(uint256 position, bytes1 character) private pure returns (bytes memory text) {
        text = RESULTS;
        text[position] = character;
    }
}
