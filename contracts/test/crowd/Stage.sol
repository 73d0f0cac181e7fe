// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import "../base/Market.sol";
import {Census} from "./Census.sol";

/// @notice An earlier hub that gives away reputation.
contract Reputation {
    mapping(address worker => uint256) public viewScore;

    function set(address worker, uint256 score) external {
        viewScore[worker] = score;
    }
}

/// @notice How coins come into a hub that stakes them.
interface ICoinHub {
    function deposit() external payable returns (bool);
    function depositFor(address target) external payable returns (bool);
    function depositForArray(uint256[] calldata amounts, address[] calldata targets) external payable returns (bool);
}

/// @title Who is on stage, what time it is, and the luck of the current step
/// @notice A step is a function of its seed and of the state alone, so that the runner can replay and shrink.
abstract contract Stage is Market, Census {
    address[] internal requesters;
    address[] internal schedulers;
    address[] internal owners;
    address[] internal people;
    address[] internal poolList;
    Reputation internal reputation;
    bool internal strict;
    /// Whether the hub stakes the chain's coin.
    bool internal native;
    uint256 internal constant WEI_PER_NRLC = 1e9;

    uint256 private _clock;
    uint256 private _luck;

    /// @dev Time goes on by up to 15 s with every step.
    modifier step(uint256 seed) {
        _luck = uint256(keccak256(abi.encode(msg.sig, seed)));
        _clock += roll(16);
        vm.warp(_clock);
        _;
        checkSomeAccounts();
    }

    constructor(bool strict_, bool native_) {
        strict = strict_;
        native = native_;
    }

    function setUp() public virtual override {
        super.setUp();
        _clock = block.timestamp;
        requesters = [requester, person(0xC0), person(0xC1)];
        schedulers = [scheduler, person(0xC2)];
        owners = [appOwner, datasetOwner];
        fund(requesters[1]);
        fund(requesters[2]);
        fund(schedulers[1]);
        fund(appOwner);
        people = [admin, appOwner, datasetOwner, sponsor, broker, stranger];
        for (uint256 i = 0; i < requesters.length; ++i) {
            people.push(requesters[i]);
        }
        for (uint256 i = 0; i < schedulers.length; ++i) {
            people.push(schedulers[i]);
        }
        for (uint256 i = 0; i < workers.length; ++i) {
            people.push(workers[i]);
        }
        poolList = [pool, pools.createWorkerpool(schedulers[0], "costly"), pools.createWorkerpool(schedulers[1], "new")];
    }

    /// @dev The hub trusts the reputation of an earlier one.
    function deployHub(address) internal override returns (IHub) {
        reputation = new Reputation();
        return deployHub(native ? address(0) : address(rlc), address(reputation), strict);
    }

    function fund(address who) internal override {
        if (!native) return super.fund(who);
        uint256 amountWei = DEPOSIT * WEI_PER_NRLC;
        vm.deal(who, who.balance + 2 * amountWei);
        vm.prank(who);
        ICoinHub(address(hub)).deposit{value: amountWei}();
    }

    function holdings() internal view override returns (uint256) {
        return native ? address(hub).balance / WEI_PER_NRLC : super.holdings();
    }

    function checkSomeAccounts() internal virtual;

    // ------------------------------------------------------------------ luck and time

    /// @dev A number below `sides`.
    function roll(uint256 sides) internal returns (uint256) {
        _luck = uint256(keccak256(abi.encode(_luck)));
        return _luck % sides;
    }

    function oneIn(uint256 sides) internal returns (bool) {
        return roll(sides) == 0;
    }

    function anyOf(address[] storage list) internal returns (address) {
        return list[roll(list.length)];
    }

    /// @dev Nothing, dust, or up to `most`.
    function anyPrice(uint256 most) internal returns (uint256) {
        uint256 kind = roll(6);
        if (kind == 0) return 0;
        if (kind == 1) return 1 + roll(9);
        return roll(most);
    }

    function passTime(uint256 seconds_) internal {
        _clock += seconds_;
        vm.warp(_clock);
    }

    // ------------------------------------------------------------------ calls

    /// @dev Calls the hub as `who` and fails unless the outcome is the foreseen one. Some calls come in a bundle, and some
    /// came in one before that had to be undone.
    function call(address who, bytes memory data, bool foreseen, string memory what) internal returns (bytes memory) {
        uint256 kind = roll(32);
        if (kind == 0 && foreseen) {
            bytes memory tooMuch = abi.encodeCall(IHub.withdraw, (type(uint256).max));
            pay(who, 0, bundle(data, tooMuch), false, "bundle with a bad end");
            count("bundle undone");
        }
        if (kind > 2) return pay(who, 0, data, foreseen, what);
        bytes memory answer = pay(who, 0, bundle(abi.encodeCall(IHub.totalSupply, ()), data), foreseen, what);
        count("bundle");
        return foreseen ? abi.decode(answer, (bytes[]))[1] : answer;
    }

    /// @dev `call` with coins.
    function pay(address who, uint256 amountWei, bytes memory data, bool foreseen, string memory what)
        internal
        returns (bytes memory)
    {
        vm.prank(who);
        (bool performed, bytes memory answer) = address(hub).call{value: amountWei}(data);
        if (performed != foreseen) revert Unforeseen(what, performed, answer);
        countCall(performed);
        return answer;
    }

    function bundle(bytes memory first, bytes memory second) private pure returns (bytes memory) {
        bytes[] memory calls = new bytes[](2);
        (calls[0], calls[1]) = (first, second);
        return abi.encodeCall(IHub.multicall, (calls));
    }

    error Unforeseen(string what, bool performed, bytes answer);
}
