// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Test} from "./base/Test.sol";
import {Crowd} from "./crowd/Crowd.sol";

/// @title Whatever the crowd does, money and states are as the rules say
/// @notice After every step the crowd itself compares what it touched, and everybody's account, with its own book
/// (a refusal or a performance that it did not foresee fails too); here everything is compared at the end of a run.
abstract contract CrowdTest is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Crowd internal crowd;

    function meet(bool strict, bool native) internal {
        crowd = new Crowd(strict, native);
        crowd.setUp();
        for (uint256 i = 0; i < 6; ++i) {
            crowd.buy(i);
            crowd.openTask(i);
        }
    }

    /// @dev How often an action is listed is how likely it is.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[26] memory all = [
            Crowd.buy.selector,
            Crowd.buy.selector,
            Crowd.buyAndOpen.selector,
            Crowd.buyBoost.selector,
            Crowd.pushBoost.selector,
            Crowd.pushBoost.selector,
            Crowd.openTask.selector,
            Crowd.openTask.selector,
            Crowd.contribute.selector,
            Crowd.contribute.selector,
            Crowd.contribute.selector,
            Crowd.contribute.selector,
            Crowd.contribute.selector,
            Crowd.reveal.selector,
            Crowd.reveal.selector,
            Crowd.reveal.selector,
            Crowd.finalize.selector,
            Crowd.contributeAndFinalize.selector,
            Crowd.contributeTogether.selector,
            Crowd.completeInBatches.selector,
            Crowd.reopen.selector,
            Crowd.claim.selector,
            Crowd.hold.selector,
            Crowd.manage.selector,
            Crowd.vandalize.selector,
            Crowd.wait_.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(crowd);
        targets[0].selectors = new bytes4[](all.length);
        for (uint256 i = 0; i < all.length; ++i) {
            targets[0].selectors[i] = all[i];
        }
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(crowd);
    }

    function assertMostSucceed() internal view {
        assertTrue(crowd.countOf("refused") * 5 < crowd.countOf("calls") * 2, "most calls succeed");
    }

    function afterInvariant() external {
        crowd.checkAll();
        crowd.report();
    }
}

/// @notice A hub with the defaults.
contract InvariantsTest is CrowdTest {
    function setUp() external {
        meet(false, false);
    }

    function invariant_the_books_agree() external view {
        assertMostSucceed();
    }
}

/// @notice A hub that behaves as the original.
contract StrictInvariantsTest is CrowdTest {
    function setUp() external {
        meet(true, false);
    }

    function invariant_the_books_agree() external view {
        assertMostSucceed();
    }
}

/// @notice A hub that stakes the chain's coin.
contract NativeInvariantsTest is CrowdTest {
    function setUp() external {
        meet(false, true);
    }

    function invariant_the_books_agree() external view {
        assertMostSucceed();
    }
}
