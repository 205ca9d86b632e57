import { describeStore } from "../../test/contract/describeStore.js";
import { memoryStore } from "./memoryStore.js";

describeStore("memoryStore", { create: memoryStore });
