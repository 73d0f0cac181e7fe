// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Stage} from "./Stage.sol";
import "../base/Market.sol";

/// @title What everybody should own, by the rules
/// @notice A second book, kept by the tests with plain additions; after every step the hub's must equal it.
abstract contract Ledger is Stage {
    mapping(address => uint256) internal free;
    mapping(address => uint256) internal frozen;
    mapping(address worker => uint256) internal score;
    mapping(address pool => mapping(address worker => uint256)) internal localScore;
    address internal kitty;

    function setUp() public virtual override {
        super.setUp();
        kitty = hub.kitty_address();
        people.push(kitty);
        people.push(address(hub));
        for (uint256 i = 0; i < people.length; ++i) {
            Account memory a = hub.viewAccount(people[i]);
            assertEq(a.locked, 0, "nothing is frozen yet");
            free[people[i]] = a.stake;
        }
    }

    function move(address from, address to, uint256 amount) internal {
        free[from] -= amount;
        free[to] += amount;
    }

    function lock(address who, uint256 amount) internal {
        move(who, address(hub), amount);
        frozen[who] += amount;
    }

    function unlock(address who, uint256 amount) internal {
        move(address(hub), who, amount);
        frozen[who] -= amount;
    }

    function seize(address who, uint256 amount) internal {
        frozen[who] -= amount;
    }

    function reward(address who, uint256 amount) internal {
        move(address(hub), who, amount);
    }

    function feedKitty(uint256 amount) internal {
        frozen[kitty] += amount;
    }

    function praise(address worker, address workerpool) internal {
        ++score[worker];
        ++localScore[workerpool][worker];
        count("worker praised");
    }

    function blame(address worker, address workerpool) internal {
        score[worker] = score[worker] * 2 / 3;
        localScore[workerpool][worker] = localScore[workerpool][worker] * 2 / 3;
        count("worker blamed");
    }

    // ------------------------------------------------------------------ what must hold after every step

    uint256 private _turn;

    /// @dev A quarter of the accounts and scores after each step, in turn.
    function checkSomeAccounts() internal override {
        uint256 quarter = _turn++ % 4;
        for (uint256 i = quarter; i < people.length; i += 4) {
            checkAccount(people[i]);
        }
        for (uint256 i = quarter; i < workers.length; i += 4) {
            assertEq(hub.viewScore(workers[i]), score[workers[i]], "score");
        }
    }

    function checkAccount(address who) private view returns (Account memory a) {
        a = hub.viewAccount(who);
        assertEq(a.stake, free[who], "free");
        assertEq(a.locked, frozen[who], "frozen");
    }

    /// @dev Every account as modelled; sum of balances = supply <= tokens or coins held; the hub's own balance covers what is
    /// frozen.
    function checkLedger() public view {
        uint256 balances = 0;
        uint256 locks = 0;
        for (uint256 i = 0; i < people.length; ++i) {
            Account memory a = checkAccount(people[i]);
            balances += a.stake;
            locks += a.locked;
        }
        assertEq(balances, hub.totalSupply(), "sum of balances");
        assertTrue(locks <= hub.balanceOf(address(hub)), "frozen is covered");
        assertTrue(hub.totalSupply() <= holdings(), "backed by tokens or coins");
        for (uint256 i = 0; i < workers.length; ++i) {
            assertEq(hub.viewScore(workers[i]), score[workers[i]], "score");
            for (uint256 j = 0; j < poolList.length; ++j) {
                checkLocalScore(workers[i], poolList[j]);
            }
        }
    }

    function checkLocalScore(address worker, address workerpool) private view {
        if (strict) return;
        (bool done, bytes memory answer) =
            address(hub).staticcall(abi.encodeWithSignature("viewScoreIn(address,address)", worker, workerpool));
        assertTrue(done, "viewScoreIn");
        assertEq(abi.decode(answer, (uint256)), localScore[workerpool][worker], "local score");
    }
}
